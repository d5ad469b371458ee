"""Story templates about other countries and diplomacy; the format is that of `phrases_economy`."""

TEXT = """
@ foreign
H az| Azərbaycan {to_country} {n} ərzaq bağlaması göndərib
H ru| Азербайджан отправил {to_country} {n:продуктовый набор|продуктовых набора|продуктовых наборов}
H en| Azerbaijan sends {n} food parcels to {country}
L az| Azərbaycan təbii fəlakətdən zərər çəkmiş əhaliyə dəstək məqsədilə {to_country} {n} ərzaq bağlaması
  göndərib. Report xəbər verir ki, humanitar yük {day} tarixində yola salınıb.
L ru| Азербайджан отправил {to_country} {n:продуктовый набор|продуктовых набора|продуктовых наборов} для
  поддержки жителей, пострадавших от стихийного бедствия. Как передает Report, гуманитарный груз
  отправлен {day}.
L en| Azerbaijan has sent {n} food parcels to {country} in support of people affected by a natural
  disaster. Report informs that the humanitarian cargo left {day}.
L az| {day} tarixində Bakıdan {to_country} {n} ərzaq bağlaması olan humanitar karvan yola düşüb, - Report
  xəbər verir.
L ru| {day} из Баку {to_country} вышел гуманитарный караван с продуктовыми наборами, их число - {n},
  передает Report.
L en| {day} a humanitarian convoy carrying {n} food parcels set off from Baku to {country}, Report says.
D az| Yükün ümumi dəyəri {m} milyon manatdır və ona dərman ləvazimatı da daxildir.
D ru| Общая стоимость груза - {m} млн манатов, в него входят и медикаменты.
D en| The cargo is worth {m} million manats in total and also includes medical supplies.
D az| {in_country} keçirilən görüşdə tərəflər yardımın ünvanlara çatdırılması qaydasını razılaşdırıblar.
D ru| На встрече {in_country} стороны согласовали порядок доставки помощи по адресам.
D en| At a meeting {in_country}, the sides agreed on how the aid would be delivered.
D az| Bu, son yardım partiyası deyil: daha {a} bağlamanın yaxın günlərdə göndərilməsi planlaşdırılır.
D ru| Это не последняя партия помощи: еще {a:набор|набора|наборов} планируют отправить в ближайшие дни.
D en| This is not the last batch of aid: another {a} parcels are to be sent in the coming days.
T az| humanitar yardım; {country}; xarici siyasət
T ru| гуманитарная помощь; {country}; внешняя политика
T en| humanitarian aid; {country}; foreign policy

@ region
H az| {in_neighbour} güclü külək {n} evi işıqsız qoyub
H ru| Сильный ветер {in_neighbour} оставил без света {n:дом|дома|домов}
H en| Strong winds {in_neighbour} leave {n} homes without power
L az| {in_neighbour} {day} tarixində əsən güclü külək nəticəsində {n} ev elektrik enerjisiz qalıb. Report
  yerli mediaya istinadən xəbər verir ki, təmir briqadaları gecə də işləyib.
L ru| Из-за сильного ветра, поднявшегося {in_neighbour} {day}, без электричества остались
  {n:дом|дома|домов}. Как передает Report со ссылкой на местные СМИ, ремонтные бригады работали и ночью.
L en| Strong winds that swept {neighbour} {day} left {n} homes without electricity. Report informs via
  local media that repair crews worked through the night.
L az| Report-un xəbərinə görə, {of_neighbour} energetika idarəsi {n} evin işıqsız qaldığını təsdiqləyib.
L ru| Как передает Report, энергетическое ведомство {of_neighbour} подтвердило, что без света остались
  {n:дом|дома|домов}.
L en| According to Report, the energy authority of {neighbour} has confirmed that {n} homes were left
  without power.
D az| Küləyin sürəti saniyədə {k2} metrə çatıb, {a} evdə dam örtüyü zədələnib.
D ru| Скорость ветра достигала {k2:метра|метров|метров} в секунду, поврежденных крыш насчитали {a}.
D en| Wind speeds reached {k2} meters per second, and {a} roofs were damaged.
D az| Səhərə qədər abonentlərin {p}%-nin enerji təchizatı bərpa olunub.
D ru| К утру электроснабжение восстановили для {p}% абонентов.
D en| By morning, power had been restored to {p}% of customers.
D az| {of_neighbour} hökuməti zərərin ödənilməsi üçün {m} milyon dollar ayırmağa hazırdır.
D ru| Правительство {of_neighbour} готово выделить на возмещение ущерба {m} млн долларов.
D en| The government of {neighbour} is ready to allocate {m} million dollars to compensate for the
  damage.
T az| {neighbour}; külək; elektrik enerjisi
T ru| {neighbour}; ветер; электроэнергия
T en| {neighbour}; wind; electricity

@ other-countries
H az| {in_country} meşə yanğınına görə {n} nəfər təxliyə olunub
H ru| Число эвакуированных из-за лесного пожара {in_country} достигло {n:человека|человек|человек}
H en| Wildfire forces {n} people to evacuate {in_country}
L az| {in_country} meşə yanğını səbəbindən {n} nəfər evini tərk etməli olub. Report xarici mediaya
  istinadən xəbər verir ki, alov {day} tarixində başlayıb.
L ru| Из-за лесного пожара {in_country} свои дома пришлось покинуть жителям, их число - {n}. Как передает
  Report со ссылкой на зарубежные СМИ, огонь вспыхнул {day}.
L en| A wildfire {in_country} has forced {n} people to leave their homes. Report informs via foreign
  media that the blaze broke out {day}.
L az| {of_country} fövqəladə hallar xidməti {n} nəfərin təhlükəsiz yerə köçürüldüyünü açıqlayıb, - Report
  xəbər verir.
L ru| Экстренные службы {of_country} сообщили об эвакуации в безопасные места, число вывезенных - {n},
  передает Report.
L en| The emergency services of {country} announced that {n} people had been moved to safety, Report
  says.
D az| Yanğın {a} hektar sahəni əhatə edib və onun {q}%-i nəzarətə götürülüb.
D ru| Пожар охватил {a:гектар|гектара|гектаров}, под контроль взято {q}% этой площади.
D en| The fire has spread over {a} hectares, {q}% of which has been brought under control.
D az| Söndürmə işlərinə {k} helikopter və təyyarə cəlb olunub.
D ru| К тушению привлечена авиация, число вертолетов и самолетов - {k}.
D en| A total of {k} helicopters and planes have been brought in to fight the fire.
D az| Təxliyə edilənlər üçün məktəblərdə və idman zallarında müvəqqəti yataqxanalar açılıb.
D ru| Для эвакуированных в школах и спортзалах открыли временные общежития.
D en| Temporary shelters for evacuees have been opened in schools and gyms.
T az| {country}; yanğın; təxliyə
T ru| {country}; пожар; эвакуация
T en| {country}; wildfire; evacuation

@ other-countries
H az| {country} mövsümi işçilər üçün {n} viza ayıracaq
H ru| {country} выделит сезонным рабочим {n:визу|визы|виз}
H en| {country} to allocate {n} visas to seasonal workers
L az| {country} gələn il mövsümi işçilərə {n} viza verməyi nəzərdə tutur. Report {of_country} mətbuatına
  istinadən xəbər verir ki, qərar {day} tarixində qəbul olunub.
L ru| {country} планирует выдать сезонным рабочим в будущем году {n:визу|визы|виз}. Как передает Report со
  ссылкой на печать {of_country}, решение приняли {day}.
L en| {country} intends to issue {n} visas to seasonal workers next year. Report informs via the press of
  {country} that the decision was made {day}.
L az| Report-un məlumatına görə, {of_country} hökuməti mövsümi iş vizalarının sayını {n} həddində müəyyən
  edib.
L ru| По данным Report, правительство {of_country} установило число сезонных рабочих виз на уровне {n}.
L en| According to Report, the government of {country} has set the number of seasonal work visas at {n}.
D az| Vizaların {a} ədədi kənd təsərrüfatına, qalanları turizm sahəsinə ayrılacaq.
D ru| На сельское хозяйство придется {a}, остальные визы достанутся туризму.
D en| Agriculture will receive {a} of the visas, with the rest going to tourism.
D az| Ötən il müraciət edənlərin sayı {b} nəfər olub.
D ru| В прошлом году число подавших заявку составило {b:человека|человека|человек}.
D en| Last year, the number of applicants was {b}.
D az| {of_country} əmək bazarında boş iş yerlərinin payı {p}% səviyyəsindədir.
D ru| На рынке труда {of_country} доля вакансий держится на уровне {p}%.
D en| The share of vacancies on the labor market of {country} stands at {p}%.
T az| {country}; miqrasiya; əmək bazarı
T ru| {country}; миграция; рынок труда
T en| {country}; migration; labor market
"""
