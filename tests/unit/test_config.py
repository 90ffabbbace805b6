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


ENTRY = '[[activations]]\nclient_id = "a"\nclient_secret = "b"\nsegment_group_identifier = "g"\n'


def test_the_webhooks_senders_are_those_of_the_file_or_the_one_of_the_first_start(load):
    made = {"SITE_CLIENT_ID": "made", "SITE_CLIENT_SECRET": "x"}

    given, default, none = load(ENTRY, **made), load("", **made), load("")

    assert [each["client_id"] for each in given["SITE_ACTIVATIONS"]] == ["a"]
    assert given["SITE_ACTIVATIONS"][0]["signature"] == "required"
    assert [each["client_id"] for each in default["SITE_ACTIVATIONS"]] == ["made"]
    assert default["SITE_ACTIVATIONS"][0]["segment_group_identifier"] == "headwater"
    assert none["SITE_ACTIVATIONS"] == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("activations = 1\n", "list of tables"),
        ('[[activations]]\nclient_id = "a"\n', "entry 1: client_id, client_secret"),
        (f'{ENTRY}signature = "maybe"\n', "required or optional"),
        ("[people]\nurl = 'x'\n", "one of sql and callable"),
        ("[log_channels.'cdp.other']\n", "the channels are"),
        ("[log_channels.'cdp.webhook']\nhandlers = [{}]\n", "needs a class"),
        ("[log_channels]\n'cdp.webhook' = 1\n", "needs a class"),
    ],
)
def test_a_slip_in_the_sites_part_of_the_file_is_named(load, text, sentence):
    with pytest.raises(config.SettingInvalid, match=sentence):
        load(text)


@pytest.mark.parametrize("key", ["short", "x" * 44, ","])
def test_a_key_that_encrypts_nothing_is_refused(load, key):
    with pytest.raises(config.SettingInvalid, match="ENCRYPTION_KEY"):
        load("", ENCRYPTION_KEY=key)


@pytest.mark.parametrize(
    ("given", "is_allowed"),
    [
        ({}, True),
        ({"PUBLIC_URL": "http://192.168.1.5:8080"}, True),
        ({"PUBLIC_URL": "http://localhost:8080"}, True),
        ({"PUBLIC_URL": "https://cdp.example.com"}, False),
        ({"PUBLIC_URL": "https://cdp.example.com", "ALLOW_PRIVATE_ADDRESSES": "yes"}, True),
        ({"ALLOW_PRIVATE_ADDRESSES": "no"}, False),
    ],
)
def test_a_public_installation_sends_to_no_private_address_unless_told_to(load, given, is_allowed):
    assert load("", **given)["ALLOW_PRIVATE_ADDRESSES"] is is_allowed
    with pytest.raises(config.SettingInvalid, match="yes or no"):
        load("", ALLOW_PRIVATE_ADDRESSES="perhaps")


def test_the_environments_name_is_a_word(load):
    with pytest.raises(config.SettingInvalid, match="ENVIRONMENT"):
        load("", ENVIRONMENT="../up")


@pytest.mark.parametrize(
    "url",
    ["", "local[2]", "local[*]", "spark://lake-1:7077", "spark://a:7077,b:7077"],
)
def test_the_engine_is_named_by_its_address(load, url):
    assert load("", ENGINE_URL=url)["ENGINE_URL"] == url


@pytest.mark.parametrize(
    "url", ["spark", "local", "local[0]", "http://a:1", "spark://a", "spark://:7", "sc://a:15002"]
)
def test_an_engine_that_cannot_be_one_stops_the_start(load, url):
    with pytest.raises(config.SettingInvalid, match="ENGINE_URL must be empty, spark://host:port"):
        load("", ENGINE_URL=url)
