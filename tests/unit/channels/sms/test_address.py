"""The one setting, and what it says when it is wrong."""

import pytest

from mohalla.channels.sms import address


def test_addresses() -> None:
    assert address.read("embedded:") == address.SmsAddress("embedded", "1787")
    read = address.read("smpp://user:p%40ss@smsc.example:2776/?source=8787&rate=2.5")
    assert (read.host, read.port, read.user, read.password) == (
        "smsc.example",
        2776,
        "user",
        "p@ss",
    )
    assert (read.source, read.rate) == ("8787", 2.5)
    assert "p@ss" not in repr(read)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://u:hush@gateway/",
        "ftp://x",
        "smpp://",
        "smpp://u:hushhushhush@h/",
        "smpp://u:hush@h:99999/",
        "smpp://u:hush@h/?rate=0",
        "smpp://u:hush@h/?rate=fast",
        "smpp://u:hush@[h/",
    ],
)
def test_a_wrong_address_names_the_setting_and_keeps_the_secret(url: str) -> None:
    with pytest.raises(address.BadAddress, match="MOHALLA_SMS") as refused:
        address.read(url)
    assert "hush" not in str(refused.value)
