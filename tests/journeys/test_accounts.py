"""A CS manager reads and adds accounts where the work is. M25."""

from __future__ import annotations

from tests.kit.journey import Journey


def test_an_account_that_a_file_names_is_read_here_and_changed_there(desk: Journey) -> None:
    desk.types("cs-manager-one", "/account", "Acme", None)
    page = desk.person("cs-manager-one").view.words
    assert "AP Director One" in page
    assert "directory.example.yaml names it. Change it there; here it can be read." in page


def test_an_account_is_added_changed_and_opened_for_by_its_name(desk: Journey) -> None:
    said = desk.types("cs-manager-one", "/account", "Fir Payables", None)
    assert 'No account is called "Fir Payables".' in said
    desk.press("cs-manager-one", "Add it", None)
    form = desk.person("cs-manager-one").view
    form.choose("kind", "Customer")
    form.choose("contacts", "AP Director One; director@fir.example; admin")
    desk.submits("cs-manager-one")
    desk.types("cs-manager-one", "/account", "Fir Payables", None)
    assert "director@fir.example" in str(desk.person("cs-manager-one").view.wire)
    desk.types("csm-one", "/account", "Fir Payable", None)
    assert "Fir Payables" in desk.person("csm-one").ephemerals[-1].words


def test_who_faces_no_account_reads_and_changes_nothing(desk: Journey) -> None:
    desk.types("engineer-one", "/account", "Acme", None)
    assert "names it" in desk.person("engineer-one").view.words
    said = desk.types("engineer-one", "/account", "Fir Payables", None)
    assert "Its name or key, as in the directory, finds it." in said
