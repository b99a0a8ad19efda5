//! What a heatmap's chunk costs: a further point, the packing and the reading of a full one. Elements per second are points.
//!
//! `npm run bench:core -- --bench heatmap`. Native code: the Wasm of the same source, built for size, is slower.
#![allow(missing_docs)]

use std::{hint::black_box, time::Duration};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use spoor::heatmap::{Chunk, Kind, MAX_POINTS, Packer, Spot};

/// As many elements as a visitor passes in half a minute.
const ELEMENTS: [&str; 8] = [
    "#grid > li:nth-of-type(1) > a > img",
    "#grid > li:nth-of-type(1) > button.add",
    "#grid > li:nth-of-type(2) > a > img",
    "#grid > li:nth-of-type(2) > button.add",
    "#grid > li:nth-of-type(3) > a > img",
    "#grid > li:nth-of-type(3) > button.add",
    "header > nav > a:nth-of-type(4)",
    "main",
];
/// Moves on an element before the pointer is on the next one, and moves between two clicks.
const STAY: u32 = 16;
const PER_CLICK: u32 = 64;
/// Points added in a row, elements known and memory there: one alone would be told by what the caches hold.
const ADDED: u32 = 512;
/// Between two moves that are told.
const MOVE_MS: u32 = 100;

/// Returns number `n` of a visit that glides over the elements, and when it is.
fn spot(n: u32) -> (Spot<'static>, u32) {
    let element = n / STAY % ELEMENTS.len() as u32;
    let selector = ELEMENTS.get(element as usize).copied().unwrap_or_default();
    let rect = [40 + element * 150, 300, 140, 240];
    let kind = if n.is_multiple_of(PER_CLICK) {
        Kind::Click
    } else {
        Kind::Move
    };
    let offset = [n % STAY * 8, n * 7 % 200];
    let click = Spot::click(selector, rect, offset);
    (Spot { kind, ..click }, n * MOVE_MS)
}

fn filled(points: u32) -> Packer {
    let mut packer = Packer::default();
    for (spot, t) in (0..points).map(spot) {
        packer.add(&spot, t);
    }
    packer
}

fn chunks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("heatmap");
    let most = MAX_POINTS as u32;
    for (name, kind) in [("add a move", Kind::Move), ("add a click", Kind::Click)] {
        let half = filled(most / 2);
        let of_kind = |(spot, t)| (Spot { kind, ..spot }, t);
        let further = (most / 2..most / 2 + ADDED).map(spot).map(of_kind);
        let further: Vec<_> = further.collect();
        group.throughput(Throughput::Elements(ADDED.into()));
        group.bench_function(name, |bencher| {
            bencher.iter_batched_ref(
                || half.clone(),
                |packer| {
                    for (spot, t) in &further {
                        packer.add(black_box(spot), *t);
                    }
                },
                BatchSize::SmallInput,
            );
        });
    }

    let full = filled(most);
    let bytes = full.clone().pack();
    println!("{most} points in {} bytes", bytes.len());
    group.throughput(Throughput::Elements(most.into()));
    group.bench_function("pack", |bencher| {
        bencher.iter_batched(
            || full.clone(),
            |mut packer| packer.pack(),
            BatchSize::SmallInput,
        );
    });
    assert!(Chunk::unpack(&bytes).is_ok_and(|chunk| chunk.points.len() == MAX_POINTS));
    group.bench_function("unpack", |bencher| {
        bencher.iter(|| Chunk::unpack(black_box(&bytes)));
    });
    group.finish();
}

criterion_group! {
    name = heatmap;
    // Short: four figures in some six seconds, steady to a few percent.
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .without_plots();
    targets = chunks
}
criterion_main!(heatmap);
