//! Nothing that a person typed is read, however a rule asks for it.

use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{leave, network, open, press_key, told, type_into};

#[wasm_bindgen_test]
fn nothing_typed_is_read_whatever_a_rule_asks_for() {
    const FIELDS: &str = r#"
      <form class="form" data-sku="A1">
        <input id="text" value="secret-a">
        <input id="password" type="password" value="secret-b">
        <input id="email" type="email" value="secret-c">
        <textarea id="area">secret-d</textarea>
        <select id="choice"><option selected value="secret-e">secret-f</option></select>
        <div contenteditable id="rich">secret-g <b class="deep">secret-h</b></div>
        <label id="label">Name <input value="secret-i"></label>
        <input id="quantity" type="number" value="31415">
        <input id="hidden" type="hidden" value="variant-7">
        <b id="go">Go</b>
      </form>"#;
    for (case, expression) in [
        ("the attribute of a text field", "#text@value"),
        ("its text", "#text"),
        ("of a password", "#password@value"),
        ("of an address", "#email@value"),
        ("a text area", "#area"),
        ("its value", "#area@value"),
        ("a choice", "#choice"),
        ("an option within it", "option"),
        ("rich text", "#rich"),
        ("an element within it", ".deep"),
        ("a label around a field", "#label"),
        ("the whole form", ".form"),
        ("a number", "#quantity@value"),
    ] {
        let track =
            format!(r##"{{"x": {{"selector": "#go", "params": {{"read": "{expression}"}}}}}}"##);
        open(FIELDS, &track);
        for field in ["#text", "#password", "#area", "#email"] {
            type_into(field, "secret-z");
        }
        press_key("#go");
        assert_eq!(told(), ["x {}"], "{case}");
        leave();
        let sent = network().concat();
        assert!(
            sent.contains("\"x\"") && !sent.contains("secret"),
            "{case}: {sent}"
        );
    }
    open(
        FIELDS,
        r##"{"x": {"selector": "#go", "params": {"variant": "#hidden@value", "sku": "@data-sku"}}}"##,
    );
    press_key("#go");
    assert_eq!(
        told(),
        [r#"x {"variant":"variant-7","sku":"A1"}"#],
        "what the shop wrote is read"
    );
}

#[wasm_bindgen_test]
fn a_click_on_a_field_tells_where_and_not_what() {
    open(
        r#"<input id="field" class="name" value="secret-a" title="secret-b">"#,
        r##"{"focus": "#field"}"##,
    );
    type_into("#field", "secret-z");
    press_key("#field");
    leave();
    let sent = network().concat();
    assert!(
        sent.contains("\"heat\"") && !sent.contains("secret"),
        "{sent}"
    );
}
