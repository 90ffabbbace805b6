"""The words the sample shop is made of, with the awkward ones real people have."""

FIRST_NAMES = (
    "Anna", "Zoë", "José", "Łukasz", "Siân", "Jürgen", "Aoife", "Nguyễn", "Søren", "Chloé",
    "Māris", "Íñigo", "Olena", "Дмитро", "Ελένη", "さくら", "伟", "محمد", "שרה", "अनीता",
    "Jean-Luc", "Mary Ann", "D’Arcy", "J", "Ünal", "Ada", "Tom", "Ruth", "Ivo", "Noor",
)  # fmt: skip
LAST_NAMES = (
    "O'Brien", "Müller", "Null", "van der Berg", "Nowak", "García López", "Smith-Jones", "Đặng",
    "Ó Súilleabháin", "Å", "Ivanova", "Παπαδοπούλου", "山田", "王", "العلي", "כהן", "शर्मा",
    "D'Angelo", "St. John", "True", "Test", "NaN", "Le  Blanc", "Wolfeschlegelsteinhausen",
    "Berg", "Lindqvist", "Silva", "Kaya", "Horvat", "Bauer",
)  # fmt: skip
# Typed by somebody who tried things out; kept as they are, harmless as text.
ODD_NAMES = (
    "=SUM(A1:A9)", "-Kim", "<b>Bob</b>", "Robert'); DROP TABLE users;--", "@handle", "Eve \"E\" 🦊",
)  # fmt: skip
# country, language, city, a postcode pattern (# is a digit), a phone pattern
PLACES = (
    ("NO", "nb", "Tromsø", "0###", "+47 ### ## ###"),
    ("DE", "de", "Dresden", "01###", "+49 (0)351 ### ###"),
    ("PL", "pl", "Łódź", "90-###", "+48 ### ### ###"),
    ("GB", "en", "St Albans", "AL# #AB", "020 7946 ####"),
    ("US", "en", "Boston", "02###", "(617) 555-01##"),
    ("FR", "fr", "Châteauroux", "36###", "02 54 ## ## ##"),
    ("JP", "ja", "札幌市", "06#-####", "011-###-####"),
    ("GR", "el", "Θεσσαλονίκη", "54# ##", "+30 231 ### ####"),
    ("IL", "he", "חיפה", "3######", "04-###-####"),
    ("IE", "ga", "Dún Laoghaire", "A96 ####", "01 ### ####"),
)
CATEGORIES = ("Tents", "Stoves", "Boots", "Maps", "Lamps", "Ropes", "Flasks", "Jackets")
MATERIALS = ("Alder", "Birch", "Copper", "Down", "Enamel", "Felt", "Granite", "Hemp")
PRODUCT_NOTES = (
    'Called "the brook" by those who carry it.',
    "Light, dry, and loud enough to wake bears; mind the strap.",
    "Two parts:\n- the shell\n- the liner",
    'Fits 3/8" threads, and 10 mm ones too.',
    "",
)
HEADLINES = (
    "A week on the river",
    "Soup at 2 000 m",
    "Mending a tent",
    "Why wool",
    "Packing, less",
)
