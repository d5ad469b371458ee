"""Story templates about the economy: H headline, L leads, D details, T tags; az, ru and en say the same."""

TEXT = """
@ economy
H az| Azərbaycan {in_month} {n} ton {crop} ixrac edib
H ru| Азербайджан {in_month} экспортировал {n:тонну|тонны|тонн} {crop}
H en| Azerbaijan exports {n} tons of {crop} {in_month}
L az| Azərbaycan {in_month} xarici bazarlara {n} ton {crop} ixrac edib ki, bu da ötən ilin eyni dövrü ilə
  müqayisədə {p}% çoxdur. Report xəbər verir ki, bu barədə {of_inst} məlumatında bildirilir.
L ru| Азербайджан {in_month} поставил на внешние рынки {n:тонну|тонны|тонн} {crop}, что на {p}% больше,
  чем за тот же период прошлого года. Об этом, как передает Report, говорится в сообщении {of_inst}.
L en| Azerbaijan exported {n} tons of {crop} to foreign markets {in_month}, up {p}% from the same period
  last year, Report informs, citing a statement by {inst}.
L az| {in_month} ölkədən {n} ton {crop} ixrac olunub, - Report {of_inst} hesabatına istinadən xəbər
  verir.
L ru| {in_month} из страны вывезли {n:тонну|тонны|тонн} {crop}, передает Report со ссылкой на отчет
  {of_inst}.
L en| {in_month} the country shipped {n} tons of {crop} abroad, Report says with reference to a report by
  {inst}.
D az| İxracın dəyəri {m} milyon ABŞ dolları təşkil edib, bir tonun orta qiyməti isə {q}% artıb.
D ru| Стоимость экспорта составила {m} млн долларов США, при этом средняя цена тонны выросла на {q}%.
D en| The exports were worth {m} million US dollars, while the average price of a ton rose by {q}%.
D az| Məhsulun ən böyük hissəsi, {a} ton, {to_country} göndərilib.
D ru| Больше всего продукции, {a:тонна|тонны|тонн}, отправлено {to_country}.
D en| The largest share of the produce, {a} tons, went {to_country}.
D az| İxrac edilən məhsulun çoxu {of_place} ətrafındakı təsərrüfatlarda yetişdirilib.
D ru| Большая часть вывезенной продукции выращена в хозяйствах в окрестностях {of_place}.
D en| Most of the exported produce was grown on farms around {place}.
T az| ixrac; kənd təsərrüfatı; {country}
T ru| экспорт; сельское хозяйство; {country}
T en| exports; agriculture; {country}

@ economy
H az| Azərbaycana {in_month} {n} minik avtomobili gətirilib
H ru| Импорт легковых автомобилей в Азербайджан {in_month} достиг {n:единицы|единиц|единиц}
H en| Azerbaijan imports {n} passenger cars {in_month}
L az| {in_month} Azərbaycana {n} minik avtomobili idxal edilib. Report xəbər verir ki, bu, ötən ilin
  müvafiq ayına nisbətən {p}% azdır.
L ru| {in_month} в Азербайджан ввезли {n:легковой автомобиль|легковых автомобиля|легковых автомобилей}.
  Как передает Report, это на {p}% меньше, чем в том же месяце прошлого года.
L en| {in_month} Azerbaijan imported {n} passenger cars. Report informs that this is {p}% fewer than in
  the same month last year.
L az| {of_inst} statistikasına görə, {in_month} ölkəyə gətirilən minik avtomobillərinin sayı {n} ədəd
  olub, - Report xəbər verir.
L ru| Число ввезенных в страну легковых автомобилей {in_month} составило {n}, передает Report со ссылкой
  на статистику {of_inst}.
L en| The number of passenger cars brought into the country {in_month} stood at {n}, Report says, citing
  figures from {inst}.
D az| Onlardan {a} ədədi hibrid mühərriklidir, elektromobillərin payı isə {q}% təşkil edib.
D ru| Гибридных машин среди них {a}, а доля электромобилей составила {q}%.
D en| Of these, {a} were hybrids, while electric cars made up {q}%.
D az| Gətirilən maşınların çoxu {of_country} zavodlarında yığılıb.
D ru| Большинство ввезенных машин собрано на заводах {of_country}.
D en| Most of the imported cars were assembled at plants {in_country}.
D az| Bir avtomobilin orta gömrük dəyəri {b} manata çatıb.
D ru| Средняя таможенная стоимость одной машины достигла {b:маната|манатов|манатов}.
D en| The average customs value of one car rose to {b} manats.
T az| idxal; avtomobil bazarı; gömrük
T ru| импорт; авторынок; таможня
T en| imports; car market; customs

@ business
H az| {in_place} {n} yeni vergi ödəyicisi qeydiyyata alınıb
H ru| Число новых налогоплательщиков {in_place} достигло {n}
H en| {n} new taxpayers registered in {place}
L az| İlin əvvəlindən {in_place} {n} yeni vergi ödəyicisi qeydiyyatdan keçib. Report bu barədə {of_inst}
  açıqlamasına istinadən xəbər verir.
L ru| С начала года число новых налогоплательщиков {in_place} достигло {n}, передает Report по данным
  {of_inst}.
L en| Since the beginning of the year, {n} new taxpayers have been registered in {place}, Report informs,
  citing {inst}.
L az| Report {at_inst} öyrənib ki, {in_place} sahibkarlığa başlayanların sayı {n} nəfərə çatıb.
L ru| Как Report узнал {at_inst}, число начавших свое дело {in_place} достигло
  {n:человека|человек|человек}.
L en| Report has learned from {inst} that the number of people who have started a business in {place} has
  reached {n}.
D az| Onlardan {a} nəfəri fərdi sahibkar, qalanları hüquqi şəxsdir.
D ru| Из них индивидуальных предпринимателей {a}, остальные являются юридическими лицами.
D en| Of them, {a} are sole proprietors and the rest are legal entities.
D az| Ən çox müraciət ticarət və ictimai iaşə sahəsindən daxil olub, onların payı {q}% təşkil edir.
D ru| Больше всего заявок поступило из торговли и общественного питания, на них приходится {q}%.
D en| Trade and catering produced the most applications, accounting for {q}% of the total.
D az| "{company}" şirkəti şəhərdə {m} milyon manatlıq anbar kompleksi qurmağı planlaşdırır.
D ru| Компания «{company}» планирует построить в городе складской комплекс стоимостью {m} млн манатов.
D en| {company} plans to build a warehouse complex worth {m} million manats in the city.
T az| sahibkarlıq; vergi; {place}
T ru| предпринимательство; налоги; {place}
T en| entrepreneurship; taxes; {place}

@ finance
H az| Valyuta hərracında tələb {n} min ABŞ dolları olub ({date})
H ru| Спрос на валютном аукционе составил {n} тыс. долларов США ({date})
H en| Demand at currency auction totals {n} thousand US dollars ({date})
L az| Mərkəzi Bankda keçirilən növbəti valyuta hərracında tələb {n} min ABŞ dolları təşkil edib. Report
  xəbər verir ki, tələb tam ödənilib.
L ru| На очередном валютном аукционе в Центральном банке спрос составил {n} тыс. долларов США. Как
  передает Report, он удовлетворен полностью.
L en| Demand at the latest currency auction held at the Central Bank amounted to {n} thousand US dollars.
  Report informs that it was met in full.
L az| Banklar növbəti hərracda {n} min ABŞ dolları alıb, - Report Mərkəzi Banka istinadən xəbər verir.
L ru| Банки на очередном аукционе купили {n} тыс. долларов США, передает Report со ссылкой на Центральный
  банк.
L en| Banks bought {n} thousand US dollars at the latest auction, Report says, citing the Central Bank.
D az| Əvvəlki hərracda tələb {b} min dollar səviyyəsində olmuşdu.
D ru| На предыдущем аукционе спрос находился на уровне {b} тыс. долларов.
D en| At the previous auction, demand stood at {b} thousand dollars.
D az| Hərracda {k} bank iştirak edib, ən iri sifariş {a} min dollara bərabər olub.
D ru| Число участвовавших в аукционе банков - {k}, самая крупная заявка равнялась {a} тыс. долларов.
D en| A total of {k} banks took part in the auction, and the largest bid was {a} thousand dollars.
D az| İlin əvvəlindən hərraclarda satışın həcmi {p}% artıb.
D ru| С начала года объем продаж на аукционах вырос на {p}%.
D en| Since the start of the year, sales at the auctions have grown by {p}%.
T az| Mərkəzi Bank; valyuta hərracı; məzənnə
T ru| Центральный банк; валютный аукцион; курс
T en| Central Bank; currency auction; exchange rate

@ energy
H az| {of_place} günəş elektrik stansiyası {in_month} {n} MVt·saat enerji istehsal edib
H ru| Солнечная электростанция {in_place} {in_month} выработала {n} МВт·ч энергии
H en| Solar power plant in {place} generates {n} MWh of energy {in_month}
L az| {in_place} fəaliyyət göstərən günəş elektrik stansiyası {in_month} şəbəkəyə {n} MVt·saat elektrik
  enerjisi verib. Report bu barədə {of_inst} məlumatına istinadən xəbər verir.
L ru| Действующая {in_place} солнечная электростанция {in_month} передала в сеть {n} МВт·ч
  электроэнергии. Об этом Report сообщает со ссылкой на данные {of_inst}.
L en| The solar power plant operating in {place} delivered {n} MWh of electricity to the grid {in_month},
  Report informs, citing data from {inst}.
L az| {in_month} {in_place} istehsal olunan günəş enerjisinin həcmi {n} MVt·saata çatıb, - Report xəbər
  verir.
L ru| Объем солнечной энергии, выработанной {in_place} {in_month}, достиг {n} МВт·ч, передает Report.
L en| The amount of solar energy produced in {place} {in_month} reached {n} MWh, Report says.
D az| Bu, {a} evin aylıq tələbatını ödəməyə kifayət edir.
D ru| Этого достаточно, чтобы покрыть месячную потребность домов, число которых составляет {a}.
D en| This is enough to cover the monthly needs of {a} homes.
D az| Stansiya {of_country} şirkəti ilə birgə tikilib, investisiyanın həcmi {m} milyon ABŞ dollarıdır.
D ru| Станция построена совместно с партнером из {of_country}, объем инвестиций равен {m} млн долларов
  США.
D en| The plant was built together with a partner from {country}, with an investment of {m} million US
  dollars.
D az| Bərpa olunan mənbələrin ümumi istehsalda payı {p}%-ə yüksəlib.
D ru| Доля возобновляемых источников в общей выработке поднялась до {p}%.
D en| The share of renewable sources in total output climbed to {p}%.
T az| bərpa olunan enerji; günəş enerjisi; {place}
T ru| возобновляемая энергия; солнечная энергия; {place}
T en| renewable energy; solar power; {place}
"""
