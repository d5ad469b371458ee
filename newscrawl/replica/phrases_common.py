"""Sentences that fit many stories, grouped by where they fit; each comes in az, ru and en, in this order."""

TEXT = """
@ home
S az| {of_inst} {office} {person} jurnalistlərə bildirib ki, göstərici gözləniləndən {p2}% yüksəkdir.
S ru| {office} {of_inst} {person} сообщил журналистам, что показатель оказался на {p2}% выше ожидаемого.
S en| {person}, {office} at {inst}, told reporters that the figure was {p2}% higher than expected.
S az| Müqayisə üçün, {last_year}-ci ildə bu sahəyə dövlət büdcəsindən {m2} milyon manat yönəldilmişdi.
S ru| Для сравнения: в {last_year} году на эту сферу из госбюджета направили {m2} млн манатов.
S en| For comparison, {m2} million manats from the state budget went to this area in {last_year}.
S az| {place2} üzrə vəziyyət ayrıca araşdırılıb və orada {c} müraciət qeydə alınıb.
S ru| Ситуацию {in_place2} изучили отдельно, там зарегистрировано обращений: {c}.
S en| The situation in {place2} was studied separately, with {c} requests recorded there.
S az| {in_place2} oxşar layihənin icrasına {day2} tarixində başlanılıb.
S ru| {in_place2} похожий проект начали осуществлять {day2}.
S en| A similar project was launched in {place2} {day2}.
S az| Növbəti hesabatın {in_next_month} ictimaiyyətə təqdim olunması gözlənilir.
S ru| Следующий отчет, как ожидается, представят общественности {in_next_month}.
S en| The next report is expected to be made public {in_next_month}.
S az| {of_inst2} nümayəndəsi {person2} isə tendensiyanın ilin sonuna qədər davam edəcəyini istisna
  etməyib.
S ru| Представитель {of_inst2} {person2} не исключил, что тенденция сохранится до конца года.
S en| {person2}, a representative of {inst2}, did not rule out that the trend would continue until the
  end of the year.
S az| {country2} təcrübəsi əsasında hazırlanan proqram {place2} üçün də tətbiq ediləcək.
S ru| Программу, составленную по опыту {of_country2}, применят и для {of_place2}.
S en| A program based on the experience of {country2} will be applied to {place2} as well.
S az| Sorğuda iştirak edənlərin {q2}%-i dəyişiklikləri müsbət qiymətləndirib.
S ru| Положительно оценили перемены {q2}% участников опроса.
S en| A survey showed that {q2}% of respondents viewed the changes favorably.
S az| "{company2}" şirkəti {place2} ərazisində {c2} iş yeri yaratmağa söz verib.
S ru| Компания «{company2}» обещает открыть {in_place2} {c2:рабочее место|рабочих места|рабочих мест}.
S en| {company2} has pledged to create {c2} jobs in {place2}.
S az| Beş il əvvəl eyni göstərici {d2} səviyyəsində idi.
S ru| Пять лет назад тот же показатель находился на уровне {d2}.
S en| Five years ago, the same indicator stood at {d2}.
S az| Xatırladaq ki, {day4} tarixində {of_inst2} kollegiya iclasında bu məsələ müzakirə olunmuşdu.
S ru| Напомним, что {day4} этот вопрос обсуждали на заседании коллегии {of_inst2}.
S en| The issue was discussed at a board meeting of {inst2} {day4}.
S az| Regionların payı {q3}% təşkil edir, qalan hissə paytaxtın payına düşür.
S ru| На долю регионов приходится {q3}%, остальное обеспечивает столица.
S en| The regions account for {q3}%, with the capital making up the rest.
S az| {office2} {person2} deyib ki, {place2} sakinləri üçün ayrıca məlumat xətti yaradılacaq.
S ru| {office2} {person2} сказал, что для жителей {of_place2} откроют отдельную справочную линию.
S en| {person2}, {office2}, said a separate information line would be set up for residents of {place2}.
S az| İşlərin gedişi ilə {of_inst2} rəhbərliyi də yerində tanış olub.
S ru| С ходом работ на месте ознакомилось и руководство {of_inst2}.
S en| The management of {inst2} also reviewed the progress of the work on site.
S az| {last_year}-ci ilin yekunlarına görə artım {p3}% olmuşdu.
S ru| По итогам {last_year} года рост составил {p3}%.
S en| Growth for {last_year} as a whole came to {p3}%.
S az| Təkcə {in_place2} son üç ayda {c3} yeni müraciət qeydə alınıb.
S ru| Только {in_place2} за последние три месяца поступили новые заявки, всего {c3}.
S en| In {place2} alone, {c3} new applications were registered over the past three months.
S az| {of_inst2} hesablamalarına görə, ilin sonuna qədər əlavə {m3} milyon manat tələb olunacaq.
S ru| По расчетам {of_inst2}, до конца года понадобится еще {m3} млн манатов.
S en| Calculations by {inst2} show that another {m3} million manats will be needed by the end of the
  year.
S az| Müqavilə {day2} tarixində "{company2}" ilə imzalanıb və üç il qüvvədə qalacaq.
S ru| Договор подписан {day2} с компанией «{company2}» и будет действовать три года.
S en| The contract was signed with {company2} {day2} and will remain in force for three years.

@ world
S az| Hadisə ilə bağlı {of_country2} xarici işlər nazirliyi də açıqlama yayıb.
S ru| Заявление в связи с происходящим распространил и МИД {of_country2}.
S en| The foreign ministry of {country2} has also issued a statement on the matter.
S az| {in_country2} ötən il oxşar hadisə {c} ailəyə təsir etmişdi.
S ru| {in_country2} в прошлом году нечто подобное затронуло семьи, число которых достигло {c}.
S en| A similar event {in_country2} affected {c} families last year.
S az| Yerli ekspert {person2} televiziyaya müsahibəsində vəziyyəti gözlənilən adlandırıb.
S ru| Местный эксперт {person2} в интервью телевидению назвал ситуацию ожидаемой.
S en| Local expert {person2} told a television channel that the situation had been expected.
S az| İqtisadçılar bunun ümumi daxili məhsula təsirini {p2}% həddində qiymətləndirir.
S ru| Экономисты оценивают влияние на валовой внутренний продукт в {p2}%.
S en| Economists put the effect on gross domestic product at {p2}%.
S az| Azərbaycanın {in_country2} səfirliyi vətəndaşlar üçün qaynar xətt açıb.
S ru| Посольство Азербайджана {in_country2} открыло для граждан горячую линию.
S en| The Embassy of Azerbaijan {in_country2} has opened a hotline for citizens.
S az| Azərbaycan vətəndaşları arasında xəsarət alan barədə məlumat daxil olmayıb.
S ru| Сведений о пострадавших среди граждан Азербайджана не поступало.
S en| There have been no reports of Azerbaijani citizens being hurt.
S az| Avropa Komissiyası {day2} tarixində üzv ölkələrə {m3} milyon avro yardım ayırıb.
S ru| Еврокомиссия {day2} выделила странам-членам помощь в размере {m3} млн евро.
S en| {day2} the European Commission allocated {m3} million euros in aid to member states.
S az| Beynəlxalq qurumların məlumatına görə, {last_year}-ci ildə belə halların sayı {d} olub.
S ru| По данным международных организаций, в {last_year} году число таких случаев составило {d}.
S en| International bodies say the number of such cases was {d} in {last_year}.
S az| {of_country2} nümayəndə heyətinin {in_next_month} səfərə gəlməsi planlaşdırılır.
S ru| Визит делегации {of_country2} запланирован {in_next_month}.
S en| A delegation from {country2} plans to visit {in_next_month}.
S az| Sorğulara görə, əhalinin {q3}%-i hökumətin addımlarını dəstəkləyir.
S ru| Согласно опросам, действия правительства поддерживают {q3}% населения.
S en| Polls show that {q3}% of the population support the government's steps.
S az| Hava proqnozuna əsasən, vəziyyətin həftənin sonuna yaxın dəyişəcəyi gözlənilir.
S ru| Согласно прогнозу погоды, перемен стоит ждать ближе к концу недели.
S en| Weather forecasts suggest that conditions will change towards the end of the week.
S az| Bu məsələ {in_country2} keçiriləcək beynəlxalq konfransın gündəliyinə də daxil edilib.
S ru| Этот вопрос включен и в повестку международной конференции, которая пройдет {in_country2}.
S en| The matter is also on the agenda of an international conference to be held {in_country2}.

@ any
S az| Qeyd edək ki, yekun rəqəmlər yoxlamadan sonra dəqiqləşdiriləcək.
S ru| Отметим, что итоговые цифры уточнят после проверки.
S en| It should be noted that the final figures will be specified after verification.
S az| Mövzu ilə bağlı əlavə məlumatın {day3} tarixinə qədər veriləcəyi vəd olunub.
S ru| Дополнительные сведения по теме обещают предоставить до {day3}.
S en| Further details on the subject are promised within days.
S az| Proses iştirakçılarının sayı son rübdə {p4}% artıb.
S ru| Число участников процесса за последний квартал выросло на {p4}%.
S en| The number of people involved has grown by {p4}% over the last quarter.
S az| Müşahidəçilər məlumatların hər həftə yenilənməsini təklif edirlər.
S ru| Наблюдатели предлагают обновлять данные каждую неделю.
S en| Observers suggest that the data be updated every week.

@ quotes
S az| "Biz {last_year}-ci ildən bəri hər mərhələni izləyirik və nəticədən razıyıq", - {person} deyib.
S ru| "Мы следим за каждым этапом с {last_year} года и довольны результатом", - сказал {person}.
S en| "We have followed every stage since {last_year} and are pleased with the result," {person} said.
S az| "Bu rəqəmlərin arxasında insanların gündəlik əməyi dayanır", - {person2} vurğulayıb.
S ru| "За этими цифрами стоит ежедневный труд людей", - подчеркнул {person2}.
S en| "Behind these figures is the daily work of people," {person2} stressed.
S az| "Qarşıdakı {k} ay həlledici olacaq, ona görə tələsik qərar verməyəcəyik", - {person} əlavə edib.
S ru| "Ближайшие месяцы будут решающими, поэтому торопиться с решением мы не станем", - добавил {person}.
S en| "The coming months will be decisive, so we will not rush the decision," {person} added.
S az| "Təklif olunan {m2} milyonluq vəsait kifayət etməsə, plana yenidən baxılacaq", - {person2}
  bildirib.
S ru| "Если предложенных {m2} млн не хватит, план пересмотрят", - заявил {person2}.
S en| "If the proposed {m2} million is not enough, the plan will be revised," {person2} stated.

@ subheads
S az| Rəqəmlər nə deyir?
S ru| О чем говорят цифры?
S en| What do the figures say?
S az| Növbəti addımlar
S ru| Следующие шаги
S en| Next steps
S az| Rəsmi mövqe
S ru| Официальная позиция
S en| Official position
S az| {last_year}-ci il ilə müqayisə
S ru| Сравнение с {last_year} годом
S en| Comparison with {last_year}

@ list-intros
S az| Əsas istiqamətlər bunlardır:
S ru| Основные направления таковы:
S en| The main areas are as follows:
S az| Sənəddə aşağıdakı bəndlər yer alıb:
S ru| В документ вошли следующие пункты:
S en| The document contains the following points:

@ list-items
S az| maarifləndirmə tədbirləri - {m2} milyon manat;
S ru| просветительские мероприятия - {m2} млн манатов;
S en| awareness campaigns - {m2} million manats;
S az| texniki nəzarətin gücləndirilməsi ({q3}%);
S ru| усиление технического контроля ({q3}%);
S en| stronger technical control ({q3}%);
S az| yerli mütəxəssislərin hazırlanması;
S ru| подготовка местных специалистов;
S en| training of local specialists;
S az| {place2} üçün ayrıca cədvəl;
S ru| отдельный график для {of_place2};
S en| a separate schedule for {place2};
S az| məlumatların açıq şəkildə dərc olunması.
S ru| публикация данных в открытом виде.
S en| open publication of the data.

@ additions
S az| Sonradan daxil olan məlumata görə, rəqəm {d} həddinə çatıb.
S ru| По поступившим позже сведениям, показатель достиг {d}.
S en| According to information received later, the figure reached {d}.

@ tags
S az| Bakı
S ru| Баку
S en| Baku
S az| Azərbaycan
S ru| Азербайджан
S en| Azerbaijan
S az| {person}
S ru| {person}
S en| {person}
S az| {inst}
S ru| {inst}
S en| {inst}
S az| statistika
S ru| статистика
S en| statistics
S az| {company2}
S ru| {company2}
S en| {company2}
S az| {place2}
S ru| {place2}
S en| {place2}
S az| {country2}
S ru| {country2}
S en| {country2}
S az| WUF13
S ru| WUF13
S en| WUF13
S az| Zəfərə gedən yol
S ru| Путь к победе
S en| Path to Victory
S az| iqlim dəyişikliyi
S ru| изменение климата
S en| climate change
"""
