use super::*;

/// What a person with a kind of colour vision sees (Machado, Oliveira and Fernandes 2009, severity 1), as a
/// matrix over linear light.
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

/// A little more than three just noticeable differences in OKLab.
const APART: f64 = 0.065;

fn linear(colour: Rgb) -> [f64; 3] {
    [colour.0, colour.1, colour.2].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(matrix: &[[f64; 3]; 3], light: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| (0..3).map(|at| row[at] * light[at]).sum())
}

fn oklab(light: [f64; 3]) -> [f64; 3] {
    let cones = times(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        light,
    )
    .map(|cone| cone.max(0.0).cbrt());
    times(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones,
    )
}

fn apart(one: Rgb, two: Rgb, vision: &[[f64; 3]; 3]) -> f64 {
    let see = |colour| oklab(times(vision, linear(colour)).map(|part| part.clamp(0.0, 1.0)));
    see(one).iter().zip(see(two)).map(|(one, two)| (one - two).powi(2)).sum::<f64>().sqrt()
}

fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = linear(colour);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Rgb, two: Rgb) -> f64 {
    let (one, two) = (luminance(one), luminance(two));
    (one.max(two) + 0.05) / (one.min(two) + 0.05)
}

#[test]
fn writing_stands_out_on_every_colour_and_thread() {
    for ground in TASKS {
        for under in [ground, thread(ground)] {
            let found = contrast(INK, under);
            assert!(found >= 4.5, "{} on {}: {found:.2} : 1", INK.css(), under.css());
        }
    }
    assert!(contrast(INK, KERNEL.0) >= 4.5);
}

#[test]
fn tasks_stay_apart_for_every_kind_of_colour_vision() {
    for (name, vision) in &VISIONS {
        for (at, &one) in TASKS.iter().enumerate() {
            for &two in &TASKS[at + 1..] {
                let found = apart(one, two, vision);
                assert!(found >= APART, "{} and {} with {name}: {found:.3}", one.css(), two.css());
            }
        }
    }
}

#[test]
fn without_any_colour_the_first_eight_tasks_still_differ() {
    let mut weaves: Vec<Weave> = (0..8).map(task_weave).collect();
    weaves.sort();
    weaves.dedup();
    assert_eq!(weaves.len(), 8);
}

#[test]
fn sixty_four_tasks_differ_in_colour_or_weave() {
    let mut seen: Vec<_> = (0..64).map(|task| (task_colour(task).css(), task_weave(task))).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 64);
}

#[test]
fn activities_differ_by_weave_or_by_lying_on_grey() {
    let mut seen: Vec<_> = OWN.iter().map(|own| (own.weave(), own.on_grey())).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), OWN.len());
}

#[test]
fn every_activity_of_a_task_looks_its_own() {
    use Activity as A;
    let all = [
        A::User,
        A::Kernel,
        A::Switch,
        A::IoWait,
        A::Idle,
        A::Ready,
        A::BlockedIo,
        A::BlockedQueue,
        A::Sleeping,
        A::SwappedOut,
        A::Zombie,
        A::Device,
    ];
    let mut looks: Vec<Look> = all.iter().map(|&activity| look(activity, Some(3))).collect();
    looks.sort();
    looks.dedup();
    assert_eq!(looks.len(), all.len());
}

/// The style sheet that says the same as this table.
fn style_sheet() -> String {
    let mut sheet = String::from(
        "/* The colours and weaves of src/palette.rs for what is not drawn on the canvas. A test of that file holds\n   \
         the two together and `cargo xtask bless` writes this one. */\n@layer parts {\n",
    );
    let mut line = |text: String| {
        sheet.push_str("  ");
        sheet.push_str(&text);
        sheet.push('\n');
    };
    line(format!(
        ".woven {{ background: var(--weave, none) var(--c); background-size: {CELL}px {CELL}px; color: {}; }}",
        INK.css()
    ));
    for (index, &ground) in TASKS.iter().enumerate() {
        line(format!(".task-{index} {{ --c: {}; --thread: {}; }}", ground.css(), thread(ground).css()));
    }
    for (index, &threads) in TASKS.iter().enumerate() {
        let (ground, threads) = (thread(threads).css(), threads.css());
        line(format!(".task-{index}.is-working {{ --c: {ground}; --thread: {threads}; }}"));
    }
    for weave in WEAVES {
        if let Some(image) = image(weave) {
            line(format!(".weave-{} {{ --weave: {image}; }}", weave.class()));
        }
    }
    for own in OWN {
        let (ground, threads) = if own.on_grey() {
            (KERNEL.0.css(), KERNEL.1.css())
        } else {
            (
                "transparent".to_owned(),
                if own == Own::Idle { "var(--line)" } else { "var(--ink-soft)" }.to_owned(),
            )
        };
        let image = image(own.weave()).expect("no activity is plain");
        line(format!(".own-{} {{ --c: {ground}; --thread: {threads}; --weave: {image}; }}", own.class()));
    }
    sheet.push_str("}\n");
    sheet
}

/// A weave as background images. A diagonal of the cell is `CELL / √2` from the next.
fn image(weave: Weave) -> Option<String> {
    let stripes = |angle: u32| {
        format!("repeating-linear-gradient({angle}deg, var(--thread) 0 1.5px, transparent 1.5px 5.657px)")
    };
    let bars = |angle: u32| {
        format!("repeating-linear-gradient({angle}deg, transparent 0 6px, var(--thread) 6px {CELL}px)")
    };
    Some(match weave {
        Weave::Plain => return None,
        Weave::Rising => stripes(135),
        Weave::Falling => stripes(45),
        Weave::Dots => "radial-gradient(circle at 50% 50%, var(--thread) 1.5px, transparent 2px)".to_owned(),
        Weave::Bars => bars(90),
        Weave::Rows => bars(180),
        Weave::Grid => format!("{}, {}", bars(90), bars(180)),
        Weave::Lattice => format!("{}, {}", stripes(135), stripes(45)),
    })
}

#[test]
fn the_style_sheet_says_what_this_table_says() {
    let wanted = style_sheet();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/styles/palette.css"), &wanted).unwrap();
    }
    let found = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/styles/palette.css")).unwrap();
    assert_eq!(found, wanted, "`cargo xtask bless` writes the style sheet from the table");
}
