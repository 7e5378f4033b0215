use super::*;

fn press(code: &str, with: With, focus: Focus) -> Press {
    Press { code: code.to_owned(), with: Some(with), again: false, focus }
}

#[test]
fn no_two_lines_of_the_table_claim_the_same_key() {
    for (at, one) in TABLE.iter().enumerate() {
        for two in &TABLE[at + 1..] {
            assert!((one.code, one.with) != (two.code, two.with), "{} twice", one.face);
        }
    }
}

#[test]
fn every_command_has_a_key_and_a_line_of_the_sheet() {
    for command in Command::ALL {
        assert!(!command.keys().is_empty(), "{command:?} has no key");
        assert_ne!(command.text(Lang::En), command.text(Lang::Ko));
    }
    for binding in TABLE {
        assert!(Command::ALL.contains(&binding.command), "{} is not on the sheet", binding.face);
    }
}

#[test]
fn a_key_is_told_by_its_place() {
    assert_eq!(command(&press("Slash", With::Shift, Focus::Page), CharacterKeys::On), Some(Command::Help));
    assert_eq!(command(&press("Slash", With::Nothing, Focus::Page), CharacterKeys::On), Some(Command::Find));
    assert_eq!(command(&press("KeyZ", With::Control, Focus::Page), CharacterKeys::On), Some(Command::Undo));
    assert_eq!(command(&press("KeyQ", With::Nothing, Focus::Page), CharacterKeys::On), None);
}

#[test]
fn a_key_belongs_first_to_what_has_the_focus() {
    for binding in TABLE {
        assert_eq!(
            command(&press(binding.code, binding.with, Focus::Field), CharacterKeys::On),
            None,
            "{}",
            binding.face
        );
    }
    assert_eq!(command(&press("Space", With::Nothing, Focus::Button), CharacterKeys::On), None);
    assert_eq!(
        command(&press("ArrowRight", With::Nothing, Focus::Button), CharacterKeys::On),
        Some(Command::Forward)
    );
    assert_eq!(command(&press("ArrowRight", With::Nothing, Focus::Walk), CharacterKeys::On), None);
    assert_eq!(
        command(&press("BracketLeft", With::Nothing, Focus::Walk), CharacterKeys::On),
        Some(Command::OwnBack)
    );
}

#[test]
fn keys_that_write_a_character_can_be_switched_off_and_the_others_stay() {
    let off = |code, with| command(&press(code, with, Focus::Page), CharacterKeys::Off);
    for binding in TABLE {
        let asked = off(binding.code, binding.with);
        assert_eq!(asked, (!binding.is_character()).then_some(binding.command), "{}", binding.face);
    }
    let silent = ["KeyW", "KeyT", "Equal", "NumpadAdd", "Slash", "BracketLeft", "Minus"];
    assert!(silent.iter().all(|code| off(code, With::Nothing).is_none()));
    assert_eq!((off("Slash", With::Shift), off("Comma", With::Shift)), (None, None));
    assert_eq!(off("KeyZ", With::Control), Some(Command::Undo));
    assert_eq!(off("Space", With::Nothing), Some(Command::Play));
    assert_eq!(off("ArrowRight", With::Shift), Some(Command::JumpForward));
}

#[test]
fn a_key_with_alt_is_left_to_the_browser() {
    let mut back = press("ArrowLeft", With::Nothing, Focus::Page);
    back.with = None;
    assert_eq!(command(&back, CharacterKeys::On), None);
}

#[test]
fn a_held_key_steps_on_but_does_not_flicker_between_play_and_pause() {
    let held = |code| Press { again: true, ..press(code, With::Nothing, Focus::Page) };
    assert_eq!(command(&held("ArrowRight"), CharacterKeys::On), Some(Command::Forward));
    assert_eq!(command(&held("Space"), CharacterKeys::On), None);
}

#[test]
fn without_a_run_time_stands_still_but_undo_works() {
    let state = State::default();
    assert_eq!(actions(Command::Play, &state), []);
    assert_eq!(actions(Command::Undo, &state), [Action::Undo]);
    assert_eq!(actions(Command::Help, &state), [Action::Overlay(Some(Overlay::Help))]);
}

#[test]
fn a_window_of_the_whole_run_stays_whole() {
    let end = Time(1_000);
    assert_eq!(window(Window::whole(end), end), Action::Window(None));
    let half = Window { from: 0.5, span: 499.1 };
    assert_eq!(window(half, end), Action::Window(Some((Time(0), Time(500)))));
}
