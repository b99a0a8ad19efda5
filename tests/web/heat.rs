//! A point of the heatmap: the element clicked, and where on it.

use spoor::{
    base64,
    heatmap::{Anchor, Chunk, Frame, Kind, Pointer},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{
    click_at, drawn, leave, move_to, network, open, pause, place, press_key, scroll_box, scroll_to,
};

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

/// Returns the selectors and places of the elements that points fell on, and the points' offsets in them.
fn told(chunk: &Chunk) -> Vec<(&str, [u32; 4], [u32; 2])> {
    let of = |point: &spoor::heatmap::Point| {
        let anchor: &Anchor = &chunk.anchors[point.anchor as usize];
        assert_eq!(anchor.frame, Frame::Page);
        let selector = &chunk.selectors[anchor.selector as usize];
        (selector.as_str(), anchor.rect, point.offset(anchor))
    };
    chunk.points.iter().map(of).collect()
}

fn rect(path: &str) -> [u32; 4] {
    place(path).try_into().unwrap()
}

#[wasm_bindgen_test]
fn a_point_names_the_element_and_the_place_on_it() {
    open(BUTTONS, "{}");
    scroll_to(60.0);
    click_at("main button:nth-of-type(2)", 17.0, 30.0);
    click_at(".host >>> i", 3.0, 4.0);
    let [first, second] = ["main button:nth-of-type(2)", ".host >>> i"].map(rect);
    assert!(first[1..] == [900, 90, 44], "{first:?}");
    assert_eq!(
        told(&chunk()),
        [
            ("#stage > main > button.add:nth-of-type(2)", first, [17, 30]),
            ("#stage > main > div.host >>> i", second, [3, 4]),
        ]
    );
}

#[wasm_bindgen_test]
fn a_key_that_activates_is_a_point_at_the_centre() {
    open(BUTTONS, "{}");
    press_key("main button");
    let chunk = chunk();
    let selector = "#stage > main > button.add:nth-of-type(1)";
    assert_eq!(told(&chunk), [(selector, rect("main button"), [60, 22])]);
    assert_eq!(chunk.points[0].pointer, Pointer::Key);
    assert_eq!(chunk.points[0].kind, Kind::Click);
}

#[wasm_bindgen_test]
async fn a_place_is_told_against_what_scrolls_the_element() {
    open(
        r#"<div style="height: 4000px">
          <header style="position: fixed; left: 10px; top: 20px"><button style="width: 80px; height: 40px">Cart</button></header>
          <ul style="position: absolute; top: 1000px; height: 100px; width: 200px; overflow: auto">
            <li style="height: 300px">A</li><li style="height: 300px" class="second">B</li>
          </ul></div>"#,
        "{}",
    );
    drawn().await;
    scroll_to(60.0);
    scroll_box("ul", 250.0);
    click_at("header button", 5.0, 6.0);
    click_at("li.second", 7.0, 8.0);
    let chunk = chunk();
    let [fixed, boxed] = chunk.anchors[..] else {
        panic!("{chunk:?}");
    };
    assert_eq!((fixed.frame, fixed.rect), (Frame::Window, [10, 20, 80, 40]));
    let Frame::Scroller(list, scrolled) = boxed.frame else {
        panic!("{boxed:?}");
    };
    assert_eq!(chunk.selectors[list as usize], "#stage > div > ul");
    assert_eq!(scrolled, [0, 250]);
    assert_eq!(boxed.rect, rect("li.second"));
    assert_eq!(chunk.points[1].offset(&boxed), [7, 8]);
}

#[wasm_bindgen_test]
async fn the_way_and_the_rests_of_the_pointer_are_points() {
    open(BUTTONS, r#"{"tap": ".add"}"#);
    drawn().await;
    scroll_to(60.0);
    let first = "main button:nth-of-type(1)";
    for x in [2.0, 3.0, 40.0] {
        move_to(first, x, 10.0);
        pause(160).await;
    }
    move_to("main", 600.0, 500.0);
    let chunk = chunk();
    let kinds: Vec<_> = chunk.points.iter().map(|point| point.kind).collect();
    assert_eq!(
        kinds,
        [Kind::Move, Kind::Move, Kind::Hover, Kind::Move],
        "a pixel is no move"
    );
    let main = rect("main");
    let at = |n: usize| chunk.points[n].at;
    // Moves are told to within two pixels.
    for (n, x, y) in [(0, 2, 10), (1, 40, 10), (3, 600, 500)] {
        assert!(at(n)[0].abs_diff(main[0] + x) <= 2, "{n}: {:?}", at(n));
        assert!(at(n)[1].abs_diff(main[1] + y) <= 2, "{n}: {:?}", at(n));
    }
    let hover = chunk.points[2];
    let on = chunk.anchors[hover.anchor as usize];
    assert_eq!(on.rect, rect(first));
    assert!((300..2000).contains(&hover.stayed), "{}", hover.stayed);
}
