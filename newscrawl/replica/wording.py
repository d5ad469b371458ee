"""The words of the site around the articles, by language."""

from __future__ import annotations

LATEST = {"az": "Son xəbərlər", "ru": "Последние новости", "en": "Latest News"}
READ_ALSO = {"az": "Həmçinin oxuyun", "ru": "Читайте также", "en": "Read also"}
READ_THIS = {"az": "Oxuyun:", "ru": "Читать:", "en": "Read:"}
NOT_FOUND = {"az": "Səhifə tapılmadı", "ru": "Страница не найдена", "en": "Page not found"}
NOT_FOUND_TEXT = {
    "az": "Axtardığınız səhifə silinib və ya ünvanı dəyişib.",
    "ru": "Запрошенная страница удалена или ее адрес изменился.",
    "en": "The page you are looking for has been removed or its address has changed.",
}
ADVERT = {"az": "Reklam", "ru": "Реклама", "en": "Advertisement"}
PROMOTED = {
    "az": "Yeni mənzillər ilkin ödənişsiz",
    "ru": "Новые квартиры без первого взноса",
    "en": "New apartments without a down payment",
}
COPY_LINK = {"az": "Linki kopyala", "ru": "Скопировать ссылку", "en": "Copy link"}
HOME = {"az": "Ana səhifə", "ru": "Главная", "en": "Home"}
SHOW_MORE = {"az": "Daha çox", "ru": "Показать еще", "en": "Load more"}
SEARCH = {"az": "Axtarış", "ru": "Поиск", "en": "Search"}
LANGUAGE_NAMES = {"az": "Az", "ru": "Ru", "en": "En"}
LOCALES = {"az": "az_AZ", "ru": "ru_RU", "en": "en_US"}
FOLLOW = {"az": "Telegram-da izləyin", "ru": "Мы в Telegram", "en": "Follow on Telegram"}
DESK = {
    "economy": {"az": "İqtisadiyyat şöbəsi", "ru": "Отдел экономики", "en": "Economy desk"},
    "world": {"az": "Xarici xəbərlər şöbəsi", "ru": "Отдел международных новостей", "en": "World desk"},
    "society": {"az": "Cəmiyyət şöbəsi", "ru": "Отдел общества", "en": "Society desk"},
}
UPDATE_MARKS = {
    "az": (" - UPDATED", " - UPDATED-2", " - YENİLƏNİB-2"),
    "ru": (" - UPDATED-2", " - ОБНОВЛЕНО", " - ОБНОВЛЕНО-2"),
    "en": (" - UPDATED", " - UPDATED-2", " - UPDATED-3"),
}
VIDEO_MARKS = {"az": " – VİDEO", "ru": " – ВИДЕО", "en": " - VIDEO"}
PHOTO_MARKS = {"az": " - FOTO", "ru": " - ФОТО", "en": " – PHOTO"}
COOKIE_NOTICE = {
    "az": "Sayt istifadəçi təcrübəsini yaxşılaşdırmaq üçün kukilərdən istifadə edir.",
    "ru": "Сайт использует файлы cookie, чтобы улучшить работу с ним.",
    "en": "The site uses cookies to improve your experience.",
}
RIGHTS = {
    "az": "Materiallardan istifadə edərkən agentliyə hiperlink zəruridir. Bütün hüquqlar qorunur.",
    "ru": "При использовании материалов гиперссылка на агентство обязательна. Все права защищены.",
    "en": "A hyperlink to the agency is required when using its materials. All rights reserved.",
}
KEYWORDS = {
    "az": "xəbərlər, azərbaycan, report",
    "ru": "новости, азербайджан, report",
    "en": "news, azerbaijan, report",
}
EDIT_TAG = {"az": "yenilənmə", "ru": "обновление", "en": "update"}
EDIT_MARK = " - UPDATED-2"
EDIT_MARK_AGAIN = " - UPDATED-4"
EDIT_BANNER = {"az": "Yeni reklam yeri", "ru": "Новое место рекламы", "en": "New advertising space"}
