"""The time zone of a country that has only one, by the country code of a host name."""

from __future__ import annotations

# ISO 3166 codes as they stand in host names; countries with several zones (us, ru, au, br, ca, mx, id, kz) are left
# out, as are codes that mostly stand for something else (io, tv, ai, me, co)
_CAPITALS = {
    "Europe": "al:Tirane at:Vienna ba:Sarajevo be:Brussels bg:Sofia by:Minsk ch:Zurich cz:Prague de:Berlin "
    "dk:Copenhagen ee:Tallinn fi:Helsinki fr:Paris gb:London gr:Athens hr:Zagreb hu:Budapest ie:Dublin it:Rome "
    "li:Vaduz lt:Vilnius lu:Luxembourg lv:Riga md:Chisinau mk:Skopje mt:Malta nl:Amsterdam no:Oslo pl:Warsaw "
    "ro:Bucharest rs:Belgrade se:Stockholm si:Ljubljana sk:Bratislava tr:Istanbul ua:Kyiv uk:London va:Vatican",
    "Asia": "ae:Dubai af:Kabul am:Yerevan az:Baku bd:Dhaka bh:Bahrain cn:Shanghai ge:Tbilisi hk:Hong_Kong il:Jerusalem "
    "in:Kolkata iq:Baghdad ir:Tehran jo:Amman jp:Tokyo kg:Bishkek kr:Seoul kw:Kuwait lb:Beirut lk:Colombo "
    "my:Kuala_Lumpur np:Kathmandu om:Muscat ph:Manila pk:Karachi qa:Qatar sa:Riyadh sg:Singapore sy:Damascus "
    "th:Bangkok tj:Dushanbe tm:Ashgabat tw:Taipei vn:Ho_Chi_Minh ye:Aden",
    "Africa": "dz:Algiers eg:Cairo et:Addis_Ababa gh:Accra ke:Nairobi ls:Maseru ma:Casablanca na:Windhoek ng:Lagos "
    "rw:Kigali sn:Dakar tn:Tunis tz:Dar_es_Salaam ug:Kampala za:Johannesburg zm:Lusaka zw:Harare",
    "America": "bo:La_Paz cr:Costa_Rica cu:Havana gt:Guatemala hn:Tegucigalpa jm:Jamaica pa:Panama pe:Lima py:Asuncion "
    "sv:El_Salvador uy:Montevideo ve:Caracas",
    "Atlantic": "is:Reykjavik",
}
_ZONES = {
    code: f"{area}/{city}"
    for area, pairs in _CAPITALS.items()
    for code, city in (pair.split(":") for pair in pairs.split())
}


def of_host(host: str) -> str | None:
    """The IANA zone of the country in whose top-level domain `host` is; None where that tells no single zone."""
    return _ZONES.get(host.rsplit(".", 1)[-1])
