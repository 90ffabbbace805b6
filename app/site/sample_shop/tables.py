"""The tables of the sample shop: a database of its own, apart from the platform's."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    create_engine,
    func,
    insert,
    select,
)

from app.site.sample_shop.generating import Shop

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String, unique=True, nullable=False),
    Column("first_name", String),
    Column("last_name", String),
    Column("phone", String),
    Column("birthday", Date),
    Column("country", String(2)),
    Column("postcode", String),
    Column("city", String),
    Column("language", String(2)),
    Column("newsletter", Boolean),
    Column("points", Numeric(12, 2, asdecimal=True)),
    Column("created_at", DateTime),
    Column("last_login_at", DateTime),
    Column("type", String),
)
products = Table(
    "products",
    metadata,
    Column("code", String, primary_key=True),
    Column("name", String),
    Column("category", String),
    Column("price", Numeric(12, 2, asdecimal=True)),
    Column("currency", String(3)),
    Column("stock", Integer),
    Column("description", Text),
    Column("ean", String),
    Column("created_at", DateTime),
    Column("type", String),
)
content = Table(
    "content",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("type", String),
    Column("published_at", DateTime),
    Column("title", String),
    Column("intro", Text),
    Column("minutes", Integer),
)


def create(url: str, shop: Shop) -> dict[str, int]:
    """Make the tables and fill those that are empty; return how many rows each has."""
    engine = create_engine(url)
    metadata.create_all(engine)
    counts = {}
    with engine.begin() as connection:
        for table, rows in (
            (users, shop.users),
            (products, shop.products),
            (content, shop.content),
        ):
            if not connection.scalar(select(func.count()).select_from(table)):
                connection.execute(insert(table), rows)
            counts[table.name] = connection.scalar(select(func.count()).select_from(table)) or 0
    engine.dispose()
    return counts
