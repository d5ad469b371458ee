"""Story templates about life at home; the format is that of `phrases_economy`."""

TEXT = """
@ ict
H az| {in_place} {n} ev fiber-optik internetə qoşulub
H ru| Число домов с оптоволоконным интернетом {in_place} достигло {n}
H en| {n} homes in {place} connected to fiber-optic internet
L az| {in_place} {n} ev və mənzil genişzolaqlı internetə çıxış əldə edib. Report {at_inst} verilən
  açıqlamaya istinadən xəbər verir ki, şəbəkənin çəkilişi {in_month} başa çatıb.
L ru| {in_place} доступ к широкополосному интернету получили дома и квартиры, их число - {n}. Как
  сообщили Report {at_inst}, прокладка сети завершена {in_month}.
L en| A total of {n} houses and apartments in {place} have gained access to broadband internet.
  Report has learned from {inst} that the network was completed {in_month}.
L az| Report xəbər verir ki, {in_place} fiber-optik şəbəkəyə qoşulan evlərin sayı {n} olub.
L ru| Как передает Report, число подключенных к оптоволокну домов {in_place} составило {n}.
L en| Report informs that the number of homes hooked up to the fiber-optic network in {place} has reached
  {n}.
D az| İnternetin orta sürəti saniyədə {k2} meqabitdən çoxdur.
D ru| Средняя скорость соединения превышает {k2} мегабит в секунду.
D en| The average connection speed exceeds {k2} megabits per second.
D az| Layihəyə {m} milyon manat sərf olunub, kabelin bir hissəsini "{company}" təchiz edib.
D ru| На проект потрачено {m} млн манатов, часть кабеля поставила компания «{company}».
D en| The project cost {m} million manats, and part of the cable was supplied by {company}.
D az| Növbəti mərhələdə daha {a} ünvan şəbəkəyə birləşdiriləcək.
D ru| На следующем этапе к сети присоединят еще {a:адрес|адреса|адресов}.
D en| At the next stage, another {a} addresses will be added to the network.
T az| internet; İKT; {place}
T ru| интернет; ИКТ; {place}
T en| internet; ICT; {place}

@ domestic-politics
H az| Büdcə layihəsinə {n} təklif daxil olub
H ru| Число предложений к проекту бюджета достигло {n}
H en| {n} proposals received on draft budget
L az| İctimai müzakirələr zamanı büdcə layihəsinə vətəndaşlardan {n} təklif daxil olub. Report {of_inst}
  məlumatına istinadən xəbər verir ki, onların ümumiləşdirilməsi davam edir.
L ru| В ходе общественных обсуждений проекта бюджета от граждан поступили предложения, их число - {n}.
  Как передает Report со ссылкой на данные {of_inst}, их обобщение продолжается.
L en| During public discussions of the draft budget, {n} proposals were received from citizens. Report
  informs, citing {inst}, that they are still being summarized.
L az| Büdcə layihəsi ilə bağlı təkliflərin sayı {day} tarixinə olan məlumata görə {n} təşkil edib, -
  Report bildirir.
L ru| По состоянию на {day} число предложений по проекту бюджета составило {n}, передает Report.
L en| The number of proposals on the draft budget stood at {n} as of the latest count, Report says.
D az| Müraciətlərin {p}%-i sosial məsələlərə, {a} ədədi isə yerli yolların təmirinə aiddir.
D ru| Социальных вопросов касаются {p}% обращений, ремонта местных дорог - {a}.
D en| Social issues account for {p}% of the submissions, while {a} concern the repair of local roads.
D az| {in_place} keçirilən dinləmədə deputatlar və bələdiyyə nümayəndələri iştirak edib.
D ru| В слушаниях, прошедших {in_place}, участвовали депутаты и представители муниципалитетов.
D en| Members of parliament and municipal representatives took part in a hearing held in {place}.
D az| Layihədə sosial xərclər üçün əlavə {m} milyon manat nəzərdə tutulub.
D ru| В проекте на социальные расходы предусмотрено дополнительно {m} млн манатов.
D en| The draft provides an additional {m} million manats for social spending.
T az| büdcə; ictimai müzakirə; Milli Məclis
T ru| бюджет; общественные обсуждения; Милли Меджлис
T en| budget; public discussion; Milli Majlis

@ infrastructure
H az| {in_place} avtobuslarda gün ərzində {n} sərnişin daşınıb
H ru| Число пассажиров автобусов {in_place} за день достигло {n}
H en| Buses in {place} carry {n} passengers in one day
L az| {day} tarixində {of_place} avtobus xətlərində {n} sərnişin daşınıb. Report {of_inst} məlumatına
  istinadən xəbər verir ki, bu, adi gündən {p}% çoxdur.
L ru| {day} число пассажиров на автобусных маршрутах {of_place} составило {n}. Report со ссылкой на
  данные {of_inst} передает, что это на {p}% больше, чем в обычный день.
L en| {day} bus routes in {place} carried {n} passengers. Report informs, citing data from {inst}, that
  this is {p}% more than on an ordinary day.
L az| Report-un məlumatına görə, {in_place} ictimai nəqliyyatdan istifadə edənlərin gündəlik sayı {n}
  nəfərə çatıb.
L ru| По данным Report, число пользующихся общественным транспортом {in_place} достигло за день
  {n:человека|человек|человек}.
L en| According to Report, the daily number of people using public transport in {place} has reached {n}.
D az| Xətlərə {k2} yeni avtobus buraxılıb, onların hamısı əlilliyi olan sərnişinlər üçün uyğunlaşdırılıb.
D ru| На линии вышли новые автобусы, их {k2}, и все они приспособлены для пассажиров с инвалидностью.
D en| A total of {k2} new buses were put on the routes, all of them accessible to passengers with
  disabilities.
D az| Sərnişinlərin {q}%-i gediş haqqını bank kartı ilə ödəyib.
D ru| Банковской картой проезд оплатили {q}% пассажиров.
D en| Bank cards were used by {q}% of passengers to pay the fare.
D az| Yeni dayanacaqların tikintisini "{company}" {m} milyon manata həyata keçirəcək.
D ru| Новые остановки за {m} млн манатов построит компания «{company}».
D en| New stops will be built by {company} for {m} million manats.
T az| nəqliyyat; avtobus; {place}
T ru| транспорт; автобус; {place}
T en| transport; bus; {place}

@ football
H az| "{club}" – "{club2}" oyununa {n} bilet satılıb
H ru| Число билетов, проданных на матч «{club}» - «{club2}», достигло {n}
H en| {n} tickets sold for {club} vs {club2} match
L az| Premyer Liqada "{club}" ilə "{club2}" arasında keçiriləcək oyuna {n} bilet satılıb. Report xəbər
  verir ki, görüş {in_place} baş tutacaq.
L ru| На матч Премьер-лиги между командами «{club}» и «{club2}» раскупают билеты, число проданных - {n}.
  Как передает Report, игра состоится {in_place}.
L en| A total of {n} tickets have been sold for the Premier League match between {club} and {club2}.
  Report informs that the game will take place in {place}.
L az| Azarkeşlər "{club}" – "{club2}" qarşılaşması üçün artıq {n} bilet alıb, - Report klubun mətbuat
  xidmətinə istinadən bildirir.
L ru| Болельщики уже разобрали на встречу «{club}» и «{club2}» билеты, их число - {n}, передает Report со
  ссылкой на пресс-службу.
L en| Fans have already bought {n} tickets for the {club} against {club2} fixture, Report says, citing
  the club's press service.
D az| Qonaq azarkeşlər üçün {a} yer ayrılıb.
D ru| Для болельщиков гостей выделили {a:место|места|мест}.
D en| A total of {a} seats have been set aside for visiting fans.
D az| "{club}" son {k} oyunda məğlub olmayıb və turnir cədvəlində öz yerini möhkəmləndirib.
D ru| «{club}» не проигрывает уже несколько туров, серия команды - {k}, и ее место в таблице упрочилось.
D en| {club} are unbeaten in their last {k} games and have strengthened their place in the table.
D az| Stadionun qapıları oyuna iki saat qalmış açılacaq.
D ru| Ворота стадиона откроются за два часа до игры.
D en| The gates of the stadium will open two hours before the game.
T az| Premyer Liqa; {club}; {club2}
T ru| Премьер-лига; {club}; {club2}
T en| Premier League; {club}; {club2}

@ science-education
H az| Qəbul imtahanında {n} abituriyent iştirak edəcək
H ru| Число участников вступительного экзамена составит {n}
H en| {n} applicants to sit entrance exam
L az| Növbəti qəbul imtahanında {n} abituriyent iştirak edəcək. Report xəbər verir ki, imtahan {in_place}
  və digər şəhərlərdə təşkil olunacaq.
L ru| Число участников очередного вступительного экзамена составит {n}. Как передает Report, он пройдет
  {in_place} и других городах.
L en| A total of {n} applicants will sit the next entrance exam. Report informs that it will be held in
  {place} and other cities.
L az| Report {at_inst} öyrənib ki, qəbul imtahanı üçün qeydiyyatdan keçənlərin sayı {n} nəfərdir.
L ru| Как Report узнал {at_inst}, число записавшихся на вступительный экзамен - {n}.
L en| Report has learned from {inst} that {n} people have registered for the entrance exam.
D az| Onlardan {a} nəfəri imtahanı rus və ingilis dillərində verəcək.
D ru| Из них {a:человек|человека|человек} будут сдавать экзамен на русском и английском языках.
D en| Of them, {a} will take the exam in Russian and English.
D az| İmtahan {k2} binada keçiriləcək, nəticələr bir həftə ərzində açıqlanacaq.
D ru| Под экзамен отвели здания, их {k2}, а результаты объявят в течение недели.
D en| The exam will be held in {k2} buildings, with the results to be announced within a week.
D az| Mühəndislik ixtisaslarını seçənlərin payı ötən illə müqayisədə {q}% artıb.
D ru| Доля выбравших инженерные специальности выросла по сравнению с прошлым годом на {q}%.
D en| The share of those choosing engineering degrees has grown by {q}% compared with last year.
T az| imtahan; təhsil; abituriyent
T ru| экзамен; образование; абитуриент
T en| exam; education; applicants

@ culture
H az| {of_place} tarix muzeyinə {in_month} {n} nəfər gəlib
H ru| Число посетителей музея истории {of_place} {in_month} достигло {n}
H en| History museum of {place} welcomes {n} visitors {in_month}
L az| {in_month} {of_place} tarix muzeyini {n} nəfər ziyarət edib. Report {of_inst} açıqlamasına
  istinadən xəbər verir ki, bu, son illərin ən yüksək göstəricisidir.
L ru| {in_month} число посетителей музея истории {of_place} составило {n}. Как передает Report со ссылкой
  на сообщение {of_inst}, это самый высокий показатель за последние годы.
L en| {in_month} the history museum of {place} was visited by {n} people. Report informs, citing a
  statement by {inst}, that this is the highest figure in recent years.
L az| {in_place} muzeyə gələnlərin sayı {in_month} {n} nəfər olub, - Report xəbər verir.
L ru| {in_place} музей истории {in_month} принял посетителей, число которых - {n}, передает Report.
L en| The museum in {place} received {n} visitors {in_month}, Report says.
D az| Ziyarətçilərin {p}%-i xarici turistlər, ən çox isə {of_country} vətəndaşlarıdır.
D ru| Иностранные туристы составили {p}% посетителей, больше всего среди них граждан {of_country}.
D en| Foreign tourists made up {p}% of visitors, with citizens of {country} the most numerous.
D az| Ən çox maraq doğuran sərgidə {a} eksponat nümayiş olunur.
D ru| На самой популярной выставке представлено экспонатов: {a}.
D en| The most popular exhibition features {a} exhibits.
D az| Binanın bərpasına {m} milyon manat xərclənib, işləri "{company}" görüb.
D ru| На реставрацию здания потратили {m} млн манатов, работы провела компания «{company}».
D en| The restoration of the building cost {m} million manats and was carried out by {company}.
T az| muzey; mədəniyyət; {place}
T ru| музей; культура; {place}
T en| museum; culture; {place}

@ other
H az| {in_place} {in_month} {n} hektar ərazi minadan təmizlənib
H ru| {in_place} {in_month} очищено от мин {n:гектар|гектара|гектаров} земли
H en| {n} hectares of land cleared of mines in {place} {in_month}
L az| {in_month} {in_place} aparılan əməliyyatlarda {n} hektar ərazi mina və partlamamış sursatlardan
  təmizlənib. Report bu barədə ANAMA-ya istinadən xəbər verir.
L ru| В ходе операций, проведенных {in_place} {in_month}, от мин и неразорвавшихся боеприпасов очистили
  {n:гектар|гектара|гектаров} земли. Об этом Report сообщает со ссылкой на ANAMA.
L en| During operations carried out in {place} {in_month}, {n} hectares of land were cleared of mines and
  unexploded ordnance, Report informs, citing ANAMA.
L az| Report-un məlumatına görə, minatəmizləyənlər {in_month} {in_place} {n} hektar sahəni yoxlayıb.
L ru| По данным Report, саперы {in_month} проверили {in_place} {n:гектар|гектара|гектаров} земли.
L en| According to Report, deminers checked {n} hectares of land in {place} {in_month}.
D az| Əməliyyatlar zamanı {k2} tank əleyhinə mina və {a} ədəd başqa sursat zərərsizləşdirilib.
D ru| В ходе операций обезврежены противотанковые мины, их {k2}, и другие боеприпасы, общим числом {a}.
D en| During the operations, {k2} anti-tank mines and {a} other pieces of ordnance were neutralized.
D az| İşlərə {of_country} istehsalı olan maşınlar və xüsusi təlim keçmiş itlər cəlb edilib.
D ru| К работам привлекли машины производства {of_country} и специально обученных собак.
D en| Machines made {in_country} and specially trained dogs were used in the work.
D az| Təmizlənən torpağın {q}%-i artıq əkin üçün istifadəyə verilib.
D ru| Уже {q}% очищенной земли передано под посевы.
D en| As much as {q}% of the cleared land has already been handed over for farming.
T az| mina; ANAMA; {place}
T ru| мины; ANAMA; {place}
T en| mines; ANAMA; {place}
"""
