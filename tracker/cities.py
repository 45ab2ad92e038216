"""The places that passes can be asked for: ours first, then some of every part of the Earth."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from newsroom.language import DEFAULT


class City(NamedTuple):
    key: str
    names: dict
    latitude: float
    longitude: float
    # As IANA names it, by the name that older tables know too.
    zone: str

    def name(self, language):
        return self.names.get(language, self.names[DEFAULT])


def _city(key, english, croatian, latitude, longitude, zone):
    return City(key, {"en": english, "hr": croatian}, latitude, longitude, zone)


PARTS = [
    (
        _("Croatia"),
        [
            _city("zagreb", "Zagreb", "Zagreb", 45.813, 15.977, "Europe/Zagreb"),
            _city("split", "Split", "Split", 43.508, 16.440, "Europe/Zagreb"),
            _city("rijeka", "Rijeka", "Rijeka", 45.327, 14.442, "Europe/Zagreb"),
            _city("osijek", "Osijek", "Osijek", 45.555, 18.695, "Europe/Zagreb"),
            _city("zadar", "Zadar", "Zadar", 44.119, 15.232, "Europe/Zagreb"),
            _city("dubrovnik", "Dubrovnik", "Dubrovnik", 42.641, 18.110, "Europe/Zagreb"),
            _city("pula", "Pula", "Pula", 44.867, 13.848, "Europe/Zagreb"),
            _city("sibenik", "Šibenik", "Šibenik", 43.735, 15.895, "Europe/Zagreb"),
            _city("varazdin", "Varaždin", "Varaždin", 46.306, 16.337, "Europe/Zagreb"),
            _city("slavonski-brod", "Slavonski Brod", "Slavonski Brod", 45.160, 18.016, "Europe/Zagreb"),
        ],
    ),
    (
        _("Europe"),
        [
            _city("athens", "Athens", "Atena", 37.984, 23.728, "Europe/Athens"),
            _city("belgrade", "Belgrade", "Beograd", 44.787, 20.457, "Europe/Belgrade"),
            _city("berlin", "Berlin", "Berlin", 52.520, 13.405, "Europe/Berlin"),
            _city("budapest", "Budapest", "Budimpešta", 47.498, 19.040, "Europe/Budapest"),
            _city("dublin", "Dublin", "Dublin", 53.350, -6.260, "Europe/Dublin"),
            _city("helsinki", "Helsinki", "Helsinki", 60.170, 24.938, "Europe/Helsinki"),
            _city("istanbul", "Istanbul", "Istanbul", 41.008, 28.978, "Europe/Istanbul"),
            _city("kyiv", "Kyiv", "Kijev", 50.450, 30.523, "Europe/Kiev"),
            _city("lisbon", "Lisbon", "Lisabon", 38.722, -9.139, "Europe/Lisbon"),
            _city("ljubljana", "Ljubljana", "Ljubljana", 46.057, 14.506, "Europe/Ljubljana"),
            _city("london", "London", "London", 51.507, -0.128, "Europe/London"),
            _city("madrid", "Madrid", "Madrid", 40.417, -3.704, "Europe/Madrid"),
            _city("paris", "Paris", "Pariz", 48.857, 2.352, "Europe/Paris"),
            _city("reykjavik", "Reykjavik", "Reykjavik", 64.147, -21.943, "Atlantic/Reykjavik"),
            _city("rome", "Rome", "Rim", 41.903, 12.496, "Europe/Rome"),
            _city("sarajevo", "Sarajevo", "Sarajevo", 43.856, 18.413, "Europe/Sarajevo"),
            _city("stockholm", "Stockholm", "Stockholm", 59.329, 18.069, "Europe/Stockholm"),
            _city("tromso", "Tromsø", "Tromsø", 69.649, 18.956, "Europe/Oslo"),
            _city("vienna", "Vienna", "Beč", 48.208, 16.374, "Europe/Vienna"),
            _city("warsaw", "Warsaw", "Varšava", 52.230, 21.012, "Europe/Warsaw"),
        ],
    ),
    (
        _("The world"),
        [
            _city("auckland", "Auckland", "Auckland", -36.849, 174.763, "Pacific/Auckland"),
            _city("beijing", "Beijing", "Peking", 39.904, 116.407, "Asia/Shanghai"),
            _city("buenos-aires", "Buenos Aires", "Buenos Aires", -34.604, -58.382, "America/Argentina/Buenos_Aires"),
            _city("cairo", "Cairo", "Kairo", 30.044, 31.236, "Africa/Cairo"),
            _city("cape-town", "Cape Town", "Cape Town", -33.925, 18.424, "Africa/Johannesburg"),
            _city("honolulu", "Honolulu", "Honolulu", 21.307, -157.858, "Pacific/Honolulu"),
            _city("houston", "Houston", "Houston", 29.760, -95.370, "America/Chicago"),
            _city("mexico-city", "Mexico City", "Ciudad de México", 19.433, -99.133, "America/Mexico_City"),
            _city("nairobi", "Nairobi", "Nairobi", -1.292, 36.822, "Africa/Nairobi"),
            _city("new-delhi", "New Delhi", "New Delhi", 28.614, 77.209, "Asia/Kolkata"),
            _city("new-york", "New York", "New York", 40.713, -74.006, "America/New_York"),
            _city("san-francisco", "San Francisco", "San Francisco", 37.775, -122.419, "America/Los_Angeles"),
            _city("sao-paulo", "São Paulo", "São Paulo", -23.551, -46.633, "America/Sao_Paulo"),
            _city("singapore", "Singapore", "Singapur", 1.352, 103.820, "Asia/Singapore"),
            _city("sydney", "Sydney", "Sydney", -33.869, 151.209, "Australia/Sydney"),
            _city("tokyo", "Tokyo", "Tokio", 35.677, 139.650, "Asia/Tokyo"),
            _city("toronto", "Toronto", "Toronto", 43.653, -79.383, "America/Toronto"),
            _city("ushuaia", "Ushuaia", "Ushuaia", -54.802, -68.303, "America/Argentina/Ushuaia"),
        ],
    ),
]
CITIES = {city.key: city for _part, cities in PARTS for city in cities}
HOME = "zagreb"
