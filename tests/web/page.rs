//! The page itself: scrolling, addresses, selectors as this browser takes them.

use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{heard, leave, network, open, pause, push, replace, scroll_to, told};

/// By then a scroll has been looked at.
const SCROLLED_MS: u32 = 300;

#[wasm_bindgen_test]
async fn scrolling_a_tall_page_tells_its_milestones() {
    open(
        r#"<div style="height: 10000px"></div>"#,
        r#"{"scroll": [25, 50, 90]}"#,
    );
    pause(SCROLLED_MS).await;
    assert_eq!(told(), [""; 0]);
    scroll_to(55.0);
    pause(SCROLLED_MS).await;
    let halfway = [
        r#"scroll {"percent_scrolled":25}"#,
        r#"scroll {"percent_scrolled":50}"#,
    ];
    assert_eq!(told(), halfway);
    scroll_to(30.0);
    pause(SCROLLED_MS).await;
    assert_eq!(told(), halfway);
    scroll_to(100.0);
    pause(SCROLLED_MS).await;
    assert_eq!(told()[2..], [r#"scroll {"percent_scrolled":90}"#]);
}

#[wasm_bindgen_test]
fn a_new_address_is_one_page_view() {
    open("", "{}");
    for (address, views) in [
        ("/p/lamp", 2),
        ("/p/lamp#reviews", 2),
        ("/p/lamp?size=3", 3),
        ("/p/lamp#/cart", 4),
    ] {
        push(address);
        assert_eq!(heard().len(), views, "{address}");
    }
    replace("/p/lamp?size=4#/cart");
    assert_eq!(heard().len(), 4);
    replace("/p/mug");
    assert_eq!(heard(), ["page_view {}"; 5]);
    leave();
    let sent = network().concat();
    assert!(
        sent.contains(r#"/p/lamp#/cart""#) && sent.contains(r#"/p/mug""#),
        "{sent}"
    );
    assert!(!sent.contains("size="), "{sent}");
}
