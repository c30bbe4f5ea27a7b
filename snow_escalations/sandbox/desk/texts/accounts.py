"""The customers of the demo desk: name, slug of their domain, industry, city, country, zone, language."""

from typing import NamedTuple


class Account(NamedTuple):
    """One customer. `zone` is an IANA name, `language` a key of `names.NAMES`, `slug` the label below `.example`."""

    name: str
    slug: str
    industry: str
    city: str
    country: str
    zone: str
    language: str


ACCOUNTS = (
    Account("Brightwater Retail Group", "brightwater", "Retail", "Leeds", "GB", "Europe/London", "en"),
    Account("Calder & Finch Insurance", "calderfinch", "Insurance", "London", "GB", "Europe/London", "en"),
    Account("Tamarack Health Network", "tamarackhealth", "Healthcare", "Minneapolis", "US", "US/Central", "en"),
    Account("Blue Mesa Energy", "bluemesa", "Energy", "Denver", "US", "US/Mountain", "en"),
    Account("Harbor Line Logistics", "harborline", "Logistics", "Seattle", "US", "US/Pacific", "en"),
    Account("First Prairie Bank", "firstprairie", "Banking", "Chicago", "US", "US/Central", "en"),
    Account("Osprey Aerostructures", "ospreyaero", "Manufacturing", "Wichita", "US", "US/Central", "en"),
    Account("Kestrel Mutual", "kestrelmutual", "Insurance", "Hartford", "US", "US/Eastern", "en"),
    Account("Southern Cross Ports", "scports", "Logistics", "Brisbane", "AU", "Australia/Brisbane", "en"),
    Account("Wattle Foods", "wattlefoods", "Food", "Melbourne", "AU", "Australia/Melbourne", "en"),
    Account("Lagoon City Payments", "lagoonpay", "Financial services", "Lagos", "NG", "Africa/Lagos", "en"),
    Account("Nilgiri Telecom", "nilgiritel", "Telecommunications", "Bengaluru", "IN", "Asia/Kolkata", "en"),
    Account("Ballyard Dairy Co-operative", "ballyard", "Food", "Cork", "IE", "Europe/Dublin", "en"),
    Account("Maple Quarry Mining", "maplequarry", "Mining", "Toronto", "CA", "Canada/Eastern", "en"),
    Account("Straits Ferry Holdings", "straitsferry", "Transport", "Singapore", "SG", "Asia/Singapore", "en"),
    Account("Nordlicht Versicherung AG", "nordlicht-vers", "Insurance", "Hamburg", "DE", "Europe/Berlin", "de"),
    Account(
        "Hanseatische Spedition Kröger GmbH", "kroeger-spedition", "Logistics", "Bremen", "DE", "Europe/Berlin", "de"
    ),
    Account("Stadtwerke Lindental", "sw-lindental", "Utilities", "Lindental", "DE", "Europe/Berlin", "de"),
    Account("Alpstein Präzision AG", "alpstein", "Manufacturing", "Appenzell", "CH", "Europe/Zurich", "de"),
    Account("Donauland Handels GmbH", "donauland", "Retail", "Linz", "AT", "Europe/Vienna", "de"),
    Account("Mutuelle du Littoral", "mutuelle-littoral", "Insurance", "Nantes", "FR", "Europe/Paris", "fr"),
    Account("Sociétés Réunies de Distribution", "srd", "Retail", "Lyon", "FR", "Europe/Paris", "fr"),
    Account("Banque Coopérative de Wallonie", "bcw", "Banking", "Namur", "BE", "Europe/Brussels", "fr"),
    Account("Hydro Laurentides", "hydrolaurentides", "Energy", "Québec", "CA", "Canada/Eastern", "fr"),
    Account("Cervecería Tres Ríos", "tresrios", "Food", "Monterrey", "MX", "America/Mexico_City", "es"),
    Account("Seguros Peñalara", "penalara", "Insurance", "Madrid", "ES", "Europe/Madrid", "es"),
    Account("Transportes Andinos del Sur", "andinos", "Transport", "Santiago", "CL", "America/Santiago", "es"),
    Account("Farmacias La Ñusta", "lanusta", "Retail", "Lima", "PE", "America/Lima", "es"),
    Account("Companhia Paulista de Grãos", "cpgraos", "Food", "São Paulo", "BR", "America/Sao_Paulo", "pb"),
    Account("Varejo Ipê S.A.", "varejoipe", "Retail", "Belo Horizonte", "BR", "America/Sao_Paulo", "pb"),
    Account("Hospital Santa Luzia", "santaluzia", "Healthcare", "Recife", "BR", "America/Recife", "pb"),
    Account("株式会社みどり物流", "midori-logi", "Logistics", "横浜", "JP", "Asia/Tokyo", "ja"),
    Account("北斗精密工業株式会社", "hokuto-seimitsu", "Manufacturing", "札幌", "JP", "Asia/Tokyo", "ja"),
    Account("Sakura Credit Union", "sakuracu", "Banking", "東京", "JP", "Asia/Tokyo", "ja"),
    Account("海川电子有限公司", "haichuan", "Manufacturing", "深圳", "CN", "Asia/Shanghai", "zh"),
    Account("한빛 모빌리티", "hanbit-mobility", "Automotive", "수원", "KR", "Asia/Seoul", "ko"),
    Account("شركة النخيل للتأمين", "nakheel-ins", "Insurance", "دبي", "AE", "Asia/Dubai", "ar"),
    Account("Carmel Water Technologies", "carmelwater", "Utilities", "Haifa", "IL", "Asia/Jerusalem", "he"),
    Account("Skärgård Shipping AB", "skargard", "Transport", "Göteborg", "SE", "Europe/Stockholm", "sv"),
    Account("Zakłady Wisła S.A.", "wisla", "Manufacturing", "Kraków", "PL", "Europe/Warsaw", "pl"),
)

TITLES = (
    "Application Owner",
    "Head of Applications",
    "IT Operations Manager",
    "Platform Engineer",
    "Service Owner",
    "Systems Analyst",
)
"""Titles of the customers' contacts."""
