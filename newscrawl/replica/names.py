"""Names of places, people and institutions in three languages, in the grammatical cases the phrases use.

People are invented; offices, institutions and football clubs are the kind an Azerbaijani agency writes about.
"""

# az nominative, locative, genitive | ru nominative, prepositional, genitive | en
PLACES = """
Gəncə, Gəncədə, Gəncənin | Гянджа, в Гяндже, Гянджи | Ganja
Sumqayıt, Sumqayıtda, Sumqayıtın | Сумгаит, в Сумгаите, Сумгаита | Sumgayit
Mingəçevir, Mingəçevirdə, Mingəçevirin | Мингячевир, в Мингячевире, Мингячевира | Mingachevir
Şəki, Şəkidə, Şəkinin | Шеки, в Шеки, Шеки | Sheki
Quba, Qubada, Qubanın | Губа, в Губе, Губы | Guba
Lənkəran, Lənkəranda, Lənkəranın | Лянкяран, в Лянкяране, Лянкярана | Lankaran
Şuşa, Şuşada, Şuşanın | Шуша, в Шуше, Шуши | Shusha
Xankəndi, Xankəndidə, Xankəndinin | Ханкенди, в Ханкенди, Ханкенди | Khankendi
Ağdam, Ağdamda, Ağdamın | Агдам, в Агдаме, Агдама | Aghdam
Füzuli, Füzulidə, Füzulinin | Физули, в Физули, Физули | Fuzuli
Naxçıvan, Naxçıvanda, Naxçıvanın | Нахчыван, в Нахчыване, Нахчывана | Nakhchivan
Şamaxı, Şamaxıda, Şamaxının | Шамахы, в Шамахы, Шамахы | Shamakhi
Qəbələ, Qəbələdə, Qəbələnin | Габала, в Габале, Габалы | Gabala
Bərdə, Bərdədə, Bərdənin | Барда, в Барде, Барды | Barda
Tovuz, Tovuzda, Tovuzun | Товуз, в Товузе, Товуза | Tovuz
Zaqatala, Zaqatalada, Zaqatalanın | Загатала, в Загатале, Загаталы | Zagatala
"""

# az nominative, locative, genitive, dative | ru nominative, prepositional, genitive, accusative | en
COUNTRIES = """
Almaniya, Almaniyada, Almaniyanın, Almaniyaya | Германия, в Германии, Германии, в Германию | Germany
İspaniya, İspaniyada, İspaniyanın, İspaniyaya | Испания, в Испании, Испании, в Испанию | Spain
İtaliya, İtaliyada, İtaliyanın, İtaliyaya | Италия, в Италии, Италии, в Италию | Italy
Polşa, Polşada, Polşanın, Polşaya | Польша, в Польше, Польши, в Польшу | Poland
Rumıniya, Rumıniyada, Rumıniyanın, Rumıniyaya | Румыния, в Румынии, Румынии, в Румынию | Romania
Bolqarıstan, Bolqarıstanda, Bolqarıstanın, Bolqarıstana | Болгария, в Болгарии, Болгарии, в Болгарию |
  Bulgaria
Yunanıstan, Yunanıstanda, Yunanıstanın, Yunanıstana | Греция, в Греции, Греции, в Грецию | Greece
Portuqaliya, Portuqaliyada, Portuqaliyanın, Portuqaliyaya | Португалия, в Португалии, Португалии, в
  Португалию | Portugal
Kanada, Kanadada, Kanadanın, Kanadaya | Канада, в Канаде, Канады, в Канаду | Canada
Avstraliya, Avstraliyada, Avstraliyanın, Avstraliyaya | Австралия, в Австралии, Австралии, в Австралию |
  Australia
Yaponiya, Yaponiyada, Yaponiyanın, Yaponiyaya | Япония, в Японии, Японии, в Японию | Japan
İndoneziya, İndoneziyada, İndoneziyanın, İndoneziyaya | Индонезия, в Индонезии, Индонезии, в Индонезию |
  Indonesia
Mərakeş, Mərakeşdə, Mərakeşin, Mərakeşə | Марокко, в Марокко, Марокко, в Марокко | Morocco
Çili, Çilidə, Çilinin, Çiliyə | Чили, в Чили, Чили, в Чили | Chile
"""

NEIGHBOURS = """
Gürcüstan, Gürcüstanda, Gürcüstanın, Gürcüstana | Грузия, в Грузии, Грузии, в Грузию | Georgia
Türkiyə, Türkiyədə, Türkiyənin, Türkiyəyə | Турция, в Турции, Турции, в Турцию | Türkiye
Qazaxıstan, Qazaxıstanda, Qazaxıstanın, Qazaxıstana | Казахстан, в Казахстане, Казахстана, в Казахстан |
  Kazakhstan
Özbəkistan, Özbəkistanda, Özbəkistanın, Özbəkistana | Узбекистан, в Узбекистане, Узбекистана, в
  Узбекистан | Uzbekistan
Türkmənistan, Türkmənistanda, Türkmənistanın, Türkmənistana | Туркменистан, в Туркменистане,
  Туркменистана, в Туркменистан | Turkmenistan
Qırğızıstan, Qırğızıstanda, Qırğızıstanın, Qırğızıstana | Кыргызстан, в Кыргызстане, Кыргызстана, в
  Кыргызстан | Kyrgyzstan
Tacikistan, Tacikistanda, Tacikistanın, Tacikistana | Таджикистан, в Таджикистане, Таджикистана, в
  Таджикистан | Tajikistan
"""

# az nominative, genitive, ablative | ru nominative, genitive, prepositional | en
INSTITUTIONS = """
İqtisadiyyat Nazirliyi, İqtisadiyyat Nazirliyinin, İqtisadiyyat Nazirliyindən | Министерство экономики,
  Министерства экономики, в Министерстве экономики | the Ministry of Economy
Dövlət Statistika Komitəsi, Dövlət Statistika Komitəsinin, Dövlət Statistika Komitəsindən | Госкомстат,
  Госкомстата, в Госкомстате | the State Statistics Committee
Dövlət Gömrük Komitəsi, Dövlət Gömrük Komitəsinin, Dövlət Gömrük Komitəsindən | Государственный
  таможенный комитет, Государственного таможенного комитета, в Государственном таможенном комитете | the
  State Customs Committee
Mərkəzi Bank, Mərkəzi Bankın, Mərkəzi Bankdan | Центральный банк, Центрального банка, в Центральном банке
  | the Central Bank
Energetika Nazirliyi, Energetika Nazirliyinin, Energetika Nazirliyindən | Министерство энергетики,
  Министерства энергетики, в Министерстве энергетики | the Ministry of Energy
Rəqəmsal İnkişaf və Nəqliyyat Nazirliyi, Rəqəmsal İnkişaf və Nəqliyyat Nazirliyinin,
  Rəqəmsal İnkişaf və Nəqliyyat Nazirliyindən | Министерство цифрового развития и транспорта, Министерства
  цифрового развития и транспорта, в Министерстве цифрового развития и транспорта | the Ministry of
  Digital Development and Transport
Kənd Təsərrüfatı Nazirliyi, Kənd Təsərrüfatı Nazirliyinin, Kənd Təsərrüfatı Nazirliyindən | Минсельхоз,
  Минсельхоза, в Минсельхозе | the Ministry of Agriculture
Elm və Təhsil Nazirliyi, Elm və Təhsil Nazirliyinin, Elm və Təhsil Nazirliyindən | Министерство науки и
  образования, Министерства науки и образования, в Министерстве науки и образования | the Ministry of
  Science and Education
Mədəniyyət Nazirliyi, Mədəniyyət Nazirliyinin, Mədəniyyət Nazirliyindən | Министерство культуры,
  Министерства культуры, в Министерстве культуры | the Ministry of Culture
Səhiyyə Nazirliyi, Səhiyyə Nazirliyinin, Səhiyyə Nazirliyindən | Минздрав, Минздрава, в Минздраве | the
  Ministry of Health
Fövqəladə Hallar Nazirliyi, Fövqəladə Hallar Nazirliyinin, Fövqəladə Hallar Nazirliyindən | МЧС, МЧС, в
  МЧС | the Ministry of Emergency Situations
Dövlət Turizm Agentliyi, Dövlət Turizm Agentliyinin, Dövlət Turizm Agentliyindən | Госагентство по
  туризму, Госагентства по туризму, в Госагентстве по туризму | the State Tourism Agency
Dövlət Su Ehtiyatları Agentliyi, Dövlət Su Ehtiyatları Agentliyinin, Dövlət Su Ehtiyatları Agentliyindən
  | Госагентство водных ресурсов, Госагентства водных ресурсов, в Госагентстве водных ресурсов | the
  State Water Resources Agency
"""

FIRST_NAMES = """
Elvin | Эльвин | Elvin
Rəşad | Рашад | Rashad
Kamran | Кямран | Kamran
Tural | Турал | Tural
Orxan | Орхан | Orkhan
Fuad | Фуад | Fuad
Nicat | Ниджат | Nijat
Samir | Самир | Samir
Vüsal | Вюсал | Vusal
Anar | Анар | Anar
Ramil | Рамиль | Ramil
Cavid | Джавид | Javid
"""

SURNAMES = """
Qaradağlı | Гарадаглы | Garadaghli
Ağsulu | Агсулу | Aghsulu
Göytəpəli | Гёйтепели | Goytapali
Nurbaxış | Нурбахыш | Nurbakhish
Çinarov | Чинаров | Chinarov
Sərvərxanlı | Сарварханлы | Sarvarkhanli
Daşbulaqlı | Дашбулаглы | Dashbulagli
Yelkənov | Елканов | Yelkanov
Almazlı | Алмазлы | Almazli
Turşsulu | Туршсулу | Turshsulu
Xəzərsoy | Хазарсой | Khazarsoy
Qobustanlı | Гобустанлы | Gobustanli
Zirəkov | Зираков | Zirakov
Bənövşəli | Бановшали | Banovshali
"""

OFFICES = """
mətbuat katibi | пресс-секретарь | spokesman
şöbə müdiri | заведующий отделом | department head
sədr müavini | заместитель председателя | deputy chairman
idarə rəisi | начальник управления | directorate head
baş məsləhətçi | главный советник | chief adviser
layihə rəhbəri | руководитель проекта | project manager
baş mühəndis | главный инженер | chief engineer
"""

COMPANIES = """
Xəzər Aqro | Хазар Агро | Khazar Agro
Göyçay Meyvə | Гёйчай Мейва | Goychay Meyva
Araz Lojistika | Араз Логистика | Araz Logistics
Odlar Enerji | Одлар Энерджи | Odlar Energy
Savalan Tikinti | Савалан Тикинти | Savalan Construction
Kür Tekstil | Кюр Текстиль | Kur Textile
Abşeron Metal | Абшерон Металл | Absheron Metal
Qafqaz Kabel | Гафгаз Кабель | Gafgaz Cable
Muğan Süd | Муган Сюд | Mughan Dairy
İpək Yolu Servis | Ипек Йолу Сервис | Silk Road Service
"""

CLUBS = """
Qarabağ | Карабах | Qarabag
Neftçi | Нефтчи | Neftchi
Sabah | Сабах | Sabah
Zirə | Зиря | Zira
Turan Tovuz | Туран Товуз | Turan Tovuz
Sumqayıt | Сумгаит | Sumgayit
Araz-Naxçıvan | Араз-Нахчыван | Araz-Nakhchivan
Kəpəz | Кяпаз | Kapaz
"""

# az after "ton", ru genitive, en plural
CROPS = """
fındıq | фундука | hazelnuts
nar | граната | pomegranates
xurma | хурмы | persimmons
pomidor | томатов | tomatoes
alma | яблок | apples
pambıq lifi | хлопкового волокна | cotton fiber
"""
