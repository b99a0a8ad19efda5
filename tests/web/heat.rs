//! A point of the heatmap: the element clicked, and where on it.

use spoor::{
    base64,
    heatmap::{Anchor, Chunk},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{click_at, leave, network, open, place, press_key, scroll_to};

const BUTTONS: &str = r#"
  <main style="position: absolute; left: 30px; top: 900px; height: 4000px">
    <button style="width: 120px; height: 44px" class="add css-1x2y3z">Add</button>
    <button style="width: 90px; height: 44px" class="add">Save</button>
    <div class="host"><template data-shadow><i style="display: block; width: 50px; height: 20px"></i></template></div>
  </main>"#;

fn chunk() -> Chunk {
    leave();
    let sent = network().concat();
    let (_, behind) = sent
        .split_once(r#""heat":[{"seq":2,"data":""#)
        .expect(&sent);
    let (data, _) = behind.split_once('"').unwrap();
    Chunk::unpack(&base64::decode(data).unwrap()).unwrap()
}

fn anchor(path: &str, selector: &str) -> Anchor {
    Anchor {
        selector: selector.to_owned(),
        rect: place(path).try_into().unwrap(),
    }
}

#[wasm_bindgen_test]
fn a_point_names_the_element_and_the_place_on_it() {
    open(BUTTONS, "{}");
    scroll_to(60.0);
    click_at("main button:nth-of-type(2)", 17.0, 30.0);
    click_at(".host >>> i", 3.0, 4.0);
    let first = anchor(
        "main button:nth-of-type(2)",
        "#stage > main > button.add:nth-of-type(2)",
    );
    let second = anchor(".host >>> i", "#stage > main > div.host >>> i");
    assert!(first.rect[1..] == [900, 90, 44], "{first:?}");
    let chunk = chunk();
    assert_eq!(chunk.anchors, [first, second]);
    assert_eq!(
        [chunk.points[0].offset, chunk.points[1].offset],
        [[17, 30], [3, 4]]
    );
}

#[wasm_bindgen_test]
fn a_key_that_activates_is_a_point_at_the_centre() {
    open(BUTTONS, "{}");
    press_key("main button");
    let chunk = chunk();
    assert_eq!(
        chunk.anchors,
        [anchor(
            "main button",
            "#stage > main > button.add:nth-of-type(1)"
        )]
    );
    assert_eq!(chunk.points[0].offset, [60, 22]);
}
