"""Names of the people at the customers, by language of the account: female first names, male first names, last names.

Written as the people write them: several scripts, diacritics, and names of two words.
"""

NAMES = {
    "en": (
        ("Grace", "Hannah", "Priya", "Siobhán", "Chloe", "Ngozi", "Ellen", "Ruth"),
        ("Oliver", "Marcus", "Declan", "Tom", "Rajesh", "Isaac", "Gareth", "Sam"),
        (
            "Whitfield",
            "O'Brien",
            "Okafor",
            "Mehta",
            "Lindqvist-Shaw",
            "Carver",
            "Nguyen",
            "Prescott",
            "Douglas",
            "Achebe",
        ),
    ),
    "de": (
        ("Katrin", "Jana", "Sabine", "Ayşe", "Friederike", "Anneliese"),
        ("Jürgen", "Matthias", "Uwe", "Florian", "Björn", "Emre"),
        ("Vogt", "Müller-Brandt", "Größl", "Hoffmann", "Yıldız", "von Arnsberg", "Schäfer", "Zürcher"),
    ),
    "fr": (
        ("Amélie", "Chantal", "Fatou", "Inès", "Solène"),
        ("Benoît", "Étienne", "Mathieu", "Youssef", "Jean-Luc"),
        ("Lefèvre", "Diallo", "d'Aubigny", "Marchand", "Benali", "Garnier"),
    ),
    "es": (
        ("María José", "Lucía", "Ximena", "Rocío"),
        ("Íñigo", "Javier", "Andrés", "José Luis"),
        ("Muñoz", "García Peña", "Ibáñez", "Quiroga", "Herrera", "Núñez"),
    ),
    "pb": (
        ("Conceição", "Luíza", "Beatriz", "Janaína"),
        ("João", "Caio", "Antônio", "Thiago"),
        ("Araújo", "Gonçalves", "da Silva Prado", "Magalhães", "Nóbrega"),
    ),
    "ja": (
        ("美咲", "陽子", "恵"),
        ("健太", "浩二", "大輔"),
        ("田中", "佐々木", "渡邉", "小野寺", "藤原"),
    ),
    "zh": (("雅婷", "静", "丽华"), ("志强", "伟", "建国"), ("王", "欧阳", "陈", "刘")),
    "ko": (("서연", "지은"), ("민준", "현우"), ("김", "박", "이")),
    "ar": (("مريم", "ليلى", "هدى"), ("يوسف", "خالد", "عمر"), ("الحداد", "المنصوري", "القاسم")),
    "he": (("נועה", "תמר"), ("יונתן", "אורי"), ("בן־דוד", "לוי", "פרידמן")),
    "sv": (("Åsa", "Linnéa"), ("Göran", "Håkan"), ("Sjöberg", "Åkerlund", "Östergren")),
    "pl": (("Małgorzata", "Agnieszka"), ("Łukasz", "Paweł"), ("Nowak", "Wójcik", "Żak")),
    "it": (("Chiara", "Federica"), ("Giuseppe", "Niccolò"), ("De Santis", "Bianchi", "Lo Presti")),
}
"""`{language: (female first names, male first names, last names)}`; language as in `sys_user.preferred_language`."""
