"""Phrases that are hard to tell from text or from what stands beside it; az, ru and en, in this order."""

from __future__ import annotations

TEXT = """
@ about-platforms
S az| {of_inst} Telegram kanalında yayılan məlumata görə, müraciətlərin sayı son {k} gündə {c2} olub.
S ru| Согласно сообщению в Telegram-канале {of_inst}, за последние дни число обращений достигло {c2}.
S en| The number of requests has reached {c2} in recent days, according to the Telegram channel of {inst}.
S az| Facebook məsələ ilə bağlı hələ açıqlama verməyib.
S ru| Компания Facebook ситуацию пока не комментировала.
S en| Facebook has not yet commented on the matter.
S az| WhatsApp üzərindən yayılan {d2} saxta mesaj araşdırılır.
S ru| Проверяются ложные сообщения, разосланные через WhatsApp: их {d2}.
S en| A total of {d2} false messages spread through WhatsApp are being investigated.

@ share-lines
S az| Ən son xəbərləri Telegram kanalımızdan izləyin
S ru| Подписывайтесь на наш Telegram-канал
S en| Follow us on Telegram
S az| Sosial şəbəkələrdə paylaşın
S ru| Поделиться в социальных сетях
S en| Share on social media
S az| Bizi Facebook və Instagram-da izləyin
S ru| Читайте нас в Facebook и Instagram
S en| Follow us on Facebook and Instagram
S az| Telegram kanalımıza abunə olun
S ru| Подписывайтесь на наш канал
S en| Subscribe to our Telegram channel
S az| Xəbərlərimizi WhatsApp-da oxuyun
S ru| Читайте наши новости в WhatsApp
S en| Read our news on WhatsApp
S az| Bizi izləyin: Telegram, Facebook, Instagram
S ru| Следите за нами: Telegram, Facebook, Instagram
S en| Follow us: Telegram, Facebook, Instagram
S az| YouTube kanalımıza abunə olmağı unutmayın!
S ru| Не забудьте подписаться на наш YouTube-канал!
S en| Don't forget to subscribe to our YouTube channel!

@ captions
S az| {place} şəhərindən görünüş, foto: Report
S ru| Вид на город {place}, фото: Report
S en| A view of {place}, photo: Report
S az| Arxiv fotosu, {last_year}-ci il
S ru| Архивное фото, {last_year} год
S en| Archive photo, {last_year}

@ short-sentences
S az| Kanalın {d2} abunəçisi var.
S ru| У канала {d2:подписчик|подписчика|подписчиков}.
S en| The channel has {d2} subscribers.
S az| Sənədi {person} və {person2} imzalayıb.
S ru| Документ подписали {person} и {person2}.
S en| {person} and {person2} signed the document.
S az| Facebook {in_place2} işləmir.
S ru| Facebook {in_place2} не работает.
S en| Facebook is down {in_place2}.
S az| Abunə haqqı {k2} manatdır.
S ru| Подписка стоит {k2:манат|маната|манатов}.
S en| A subscription costs {k2} manats.
S az| Telegram {c2} kanalı bağlayıb.
S ru| Telegram закрыл каналы, их {c2}.
S en| Telegram has closed {c2} channels.
S az| Bunu nazirlikdəki mənbə də təsdiqləyib.
S ru| Источник в министерстве это подтвердил.
S en| A source at the ministry has confirmed this.
S az| Video Facebook-da {d} dəfə paylaşılıb.
S ru| Видео в Facebook распространили {d:раз|раза|раз}.
S en| The video was shared {d} times on Facebook.
S az| {in_country2} WhatsApp və Telegram bloklanıb.
S ru| {in_country2} заблокированы WhatsApp и Telegram.
S en| WhatsApp and Telegram are blocked {in_country2}.

@ linked-subjects
S az| [Nazirlər Kabinetinin {place2} və ətraf rayonlara vəsait ayrılmasının yeni qaydası haqqında sərəncamı] dərc
  olunub.
S ru| [Распоряжение Кабинета министров о новом порядке выделения средств для {of_place2} и соседних районов]
  опубликовано.
S en| [The order of the Cabinet of Ministers on the new procedure for allocating funds to {place2} and the
  surrounding districts] has been published.
S az| [{place2} ərazisində son üç ayda aparılan yoxlamaların nəticələrinə dair geniş hesabat] ictimaiyyətə təqdim
  edilib.
S ru| [Подробный отчет о результатах проверок, которые проводили {in_place2} последние три месяца,] представлен
  общественности.
S en| [A detailed report on the results of the inspections carried out {in_place2} over the past three months] has
  been presented to the public.

@ linked-intros
S az| İmzalanan sənədlər:
S ru| Подписаны документы:
S en| Documents signed:
S az| Tərəflər aşağıdakı sənədləri qəbul ediblər:
S ru| Стороны приняли следующие документы:
S en| The parties adopted the following documents:

@ linked-items
S az| {last_year}-ci ildə əldə olunmuş razılaşmaların icrasına dair yol xəritəsi;
S ru| дорожная карта по выполнению договоренностей {last_year} года;
S en| a road map for carrying out the agreements reached in {last_year};
S az| "{company2}" şirkəti ilə {m3} milyon manatlıq əməkdaşlıq memorandumu;
S ru| меморандум о сотрудничестве с компанией «{company2}» на {m3} млн манатов;
S en| a memorandum of cooperation with {company2} worth {m3} million manats;
S az| {place2} üzrə birgə tədbirlər planı.
S ru| план совместных мероприятий для {of_place2}.
S en| a plan of joint measures for {place2}.

@ long-captions
S az| Fotoda: {place} şəhərində keçirilən görüşün iştirakçıları, soldan sağa - {of_inst} {office} {person}, {office2}
  {person2}, "{company2}" şirkətinin və {of_inst2} nümayəndələri. Arxa planda {last_year}-ci ildə açılmış və
  {of_country2} mütəxəssisləri tərəfindən layihələndirilmiş bina görünür. Foto: Report
S ru| На фото: участники встречи {in_place}, слева направо - {office} {of_inst} {person}, {office2} {person2},
  представители компании «{company2}» и {of_inst2}. На заднем плане здание, открытое в {last_year} году; его
  проектировали специалисты из {of_country2}. Фото: Report
S en| In the photo: participants of the meeting {in_place}, from left to right, {person}, {office} at {inst};
  {person2}, {office2}; representatives of {company2} and of {inst2}. The building in the background opened in
  {last_year} and was designed by specialists from {country2}. Photo: Report

@ photographers
S az| Şəkil müəllifin icazəsi ilə dərc olunur. Müəllif: {person2}
S ru| Снимок публикуется с разрешения автора. Автор: {person2}
S en| The picture is published with the permission of its author, {person2}

@ tweets
S az| Bu gün bizim üçün çox önəmli gündür!
S ru| Сегодня для нас очень важный день!
S en| Today is a very important day for us!
S az| Komandamızla birlikdə {k} ay gecə-gündüz çalışmışıq.
S ru| Наша команда работала днем и ночью не один месяц.
S en| Our team has been working day and night for {k} months.
S az| Hər birinizə ayrıca təşəkkür edirəm, dostlar.
S ru| Хочу отдельно поблагодарить каждого из вас, друзья.
S en| I want to thank each and every one of you, friends.
S az| {in_country2} keçirdiyimiz görüşlərdən sonra bu işin alınacağına heç kim inanmırdı.
S ru| После наших встреч {in_country2} никто не верил, что это получится.
S en| After our meetings {in_country2} nobody believed that this would work out.
S az| Yadımdadır, ilk dəfə masa arxasına {last_year}-ci ildə əyləşmişdik və əlimizdə yalnız bir vərəq var idi.
S ru| Помню, как мы впервые сели за стол в {last_year} году и в руках у нас был всего один лист бумаги.
S en| I remember how we first sat down at a table in {last_year} with nothing but a single sheet of paper.
S az| {place2} camaatına salam olsun, tezliklə yenə sizin yanınızda olacağıq!
S ru| Передаю привет всем в городе {place2}, скоро снова будем у вас!
S en| Greetings to everyone in {place2}, we will be back with you soon!
S az| Bizi tənqid edənlərə də sözüm var: gəlin, öz gözünüzlə görün, sonra danışın.
S ru| Есть у меня слово и к тем, кто нас критикует: приезжайте, посмотрите своими глазами, потом говорите.
S en| I also have a word for those who criticise us: come and see with your own eyes, then talk.
S az| Təfərrüatları sabah səhər burada paylaşacağam, şəkilləri də əlavə edəcəyəm.
S ru| Подробности выложу здесь завтра утром, фотографии тоже добавлю.
S en| I will post the details here tomorrow morning and add the photos as well.
S az| Sualı olan yazsın, hamısına özüm cavab verəcəyəm, söz verirəm.
S ru| У кого есть вопросы, пишите, на все отвечу сам, обещаю.
S en| If you have questions, write to me, I will answer all of them myself, I promise.
S az| Bu yolda yanımızda olan ailələrimizə isə heç vaxt borcumuzu qaytara bilməyəcəyik.
S ru| А перед нашими семьями, которые все это время были рядом, мы навсегда останемся в долгу.
S en| As for our families, who stood by us all this time, we will never be able to repay them.
"""
