"""Settings from the environment and from a file."""

import pytest

import config

SECRET = {
    "SECRET_KEY": "for tests only",
    "ENCRYPTION_KEY": "dGhpcyBrZXkgaXMgZm9yIHRlc3RzIG9ubHksIHRydWU=",
}
SCHEDULED = "[[data_export.schedule.user]]\n"


@pytest.fixture
def load(tmp_path):
    """Return the settings with a settings file of this text."""

    def loaded(text, **environment):
        path = tmp_path / "headwater.toml"
        path.write_text(text)
        given = {**SECRET, "DATA_DIR": str(tmp_path), "HEADWATER_CONFIG": str(path), **environment}
        return config.load(given)

    return loaded


def test_a_source_of_the_file_stands_in_for_the_sample_shops(load):
    settings = load("[data_export.sources.user]\nsql = 'SELECT 1'\nurl = 'sqlite://'\n")

    assert settings["EXPORT_SOURCES"]["user"] == {"sql": "SELECT 1", "url": "sqlite://"}
    assert "callable" in settings["EXPORT_SOURCES"]["product"]


def test_a_value_may_be_taken_from_the_environment(load):
    text = "[data_export.sources.user]\nsql = 'SELECT 1'\nurl = 'env:SHOP_URL'\n"

    settings = load(text, SHOP_URL="sqlite:///shop.db")

    assert settings["EXPORT_SOURCES"]["user"]["url"] == "sqlite:///shop.db"
    with pytest.raises(config.SettingMissing, match="SHOP_URL"):
        load(text)


def test_processors_are_a_list(load):
    settings = load("[[data_export.processors]]\nname = 'shop.add_tier'\npriority = 10\n")

    assert settings["EXPORT_PROCESSORS"] == [{"name": "shop.add_tier", "priority": 10}]


def test_the_schedule_is_a_list_a_kind(load):
    entry = {"interval": "*/30 * * * *", "options": "--stream-id s"}
    text = f"{SCHEDULED}interval = '*/30 * * * *'\noptions = '--stream-id s'\n"

    settings = load(text * 2)

    assert settings["EXPORT_SCHEDULE"] == {"user": [entry, entry]}
    assert load("")["EXPORT_SCHEDULE"] == {}


@pytest.mark.parametrize(
    "interval",
    [
        "",
        "* * * *",
        "* * * * * *",
        "@daily",
        "61 * * * *",
        "*/0 * * * *",
        "0 0 30 2 *",
        "a b c d e",
    ],
)
def test_an_interval_that_never_comes_stops_the_start(load, interval):
    text = f"{SCHEDULED}interval = '0 3 * * *'\noptions = ''\n"
    wrong = f"{SCHEDULED}interval = '{interval}'\noptions = ''\n"

    with pytest.raises(config.SettingInvalid) as refused:
        load(text + wrong)

    assert str(refused.value).startswith("data_export.schedule.user, entry 2: the interval")
    assert repr(interval) in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("this is no TOML", "cannot be read"),
        ("[data_exports]", "data_exports, which is no setting"),
        ("data_export = 1", "data_export must be a table"),
        ("[data_export.sources.orders]\nsql = ''", "the kinds are user, product, content"),
        ("[data_export.sources.user]\n", "needs one of sql and callable"),
        ("[data_export.sources.user]\nsql = ''\ncallable = ''", "needs one of sql and callable"),
        ("[data_export.sources]\nuser = 1", "needs one of sql and callable"),
        ("[[data_export.processors]]\npriority = 1", "needs a name"),
        ("[data_export]\nschedule = 1", "schedule must be a table"),
        ("[[data_export.schedule.orders]]\n", "schedule.orders: the kinds are user, product"),
        ("[data_export.schedule.user]\n", "user must be a list of tables: write"),
        ("[data_export.schedule]\nuser = ['* * * * *']", "entry 1 needs interval and options"),
        (f"{SCHEDULED}interval = '* * * * *'", "user, entry 1 needs interval and options"),
        (f"{SCHEDULED}interval = ''\noptions = ''\nat = 3", "needs interval and options, and no"),
        (f"{SCHEDULED}interval = 30\noptions = ''", "interval must be a text in quotes, not 30"),
        (f"{SCHEDULED}interval = '* * * * *'\noptions = []", "options must be a text in quotes"),
    ],
)
def test_a_file_that_makes_no_sense_stops_the_start(load, text, said):
    with pytest.raises(config.SettingInvalid, match=said):
        load(text)


def test_a_file_that_is_not_there_stops_the_start(load, tmp_path):
    with pytest.raises(config.SettingInvalid, match=r"nowhere\.toml cannot be read"):
        load("", HEADWATER_CONFIG=str(tmp_path / "nowhere.toml"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "eighty"),
        ("PORT", "٨٠٨٠"),
        ("WORKERS", "0"),
        ("WEB_WORKERS", ""),
        ("MAX_STREAM_FILE_MB", "1.5"),
        ("EXPORT_PART_ROWS", "9" * 40),
    ],
)
def test_a_number_out_of_its_bounds_stops_the_start(tmp_path, name, value):
    with pytest.raises(config.SettingInvalid, match=name):
        config.load({**SECRET, "DATA_DIR": str(tmp_path), name: value})
