use super::*;

/// Two columns and three rows: a1 b1, a2 b2, a3 b3.
fn grid() -> Grid {
    let cells = ["a1", "b1", "a2", "b2", "a3", "b3"];
    Grid::new(2, cells.map(str::to_owned).to_vec())
}

fn at(row: usize, column: usize) -> At {
    At { row, column }
}

/// Where the cursor is after these keys from a cell, and whether the grid did the last of them.
fn check(from: (usize, usize), keys: &[Key], expected: (usize, usize), did: Done) {
    let mut grid = grid();
    grid.go(at(from.0, from.1));
    let last = keys.iter().map(|key| grid.key(*key)).last();
    assert_eq!(
        (grid.cursor, last),
        (at(expected.0, expected.1), Some(did)),
        "{keys:?}"
    );
}

#[test]
fn arrows_move_and_stop_at_the_edge() {
    use Way::*;
    check((0, 0), &[Key::Move(Down)], (1, 0), Done::Here);
    check((0, 0), &[Key::Move(Up)], (0, 0), Done::Here);
    check((2, 1), &[Key::Move(Right)], (2, 1), Done::Here);
    check((1, 1), &[Key::Move(Left)], (1, 0), Done::Here);
}

#[test]
fn enter_goes_down_and_home_and_end_along_the_row() {
    check((0, 1), &[Key::Enter], (1, 1), Done::Here);
    check((1, 1), &[Key::EnterUp], (0, 1), Done::Here);
    check((1, 1), &[Key::RowStart], (1, 0), Done::Here);
    check((1, 0), &[Key::RowEnd], (1, 1), Done::Here);
    check((1, 0), &[Key::Last], (2, 1), Done::Here);
    check((2, 1), &[Key::First], (0, 0), Done::Here);
}

#[test]
fn tab_reads_on_and_leaves_the_grid_at_its_ends() {
    check((0, 1), &[Key::Next], (1, 0), Done::Here);
    check((1, 0), &[Key::Previous], (0, 1), Done::Here);
    check((2, 1), &[Key::Next], (2, 1), Done::Browser);
    check((0, 0), &[Key::Previous], (0, 0), Done::Browser);
}

#[test]
fn while_one_types_left_and_right_move_within_the_text_and_down_ends_it() {
    let mut grid = grid();
    grid.type_in("x");
    assert_eq!(grid.key(Key::Move(Way::Left)), Done::Browser);
    assert_eq!(grid.key(Key::Delete), Done::Browser);
    assert_eq!(grid.key(Key::Move(Way::Down)), Done::Here);
    assert_eq!(
        (grid.cursor, grid.is_editing, grid.text(at(0, 0))),
        (at(1, 0), false, "x")
    );
}

#[test]
fn escape_takes_back_what_was_typed_into_the_cell() {
    let mut grid = grid();
    grid.type_in("x");
    grid.type_in("xy");
    grid.key(Key::Escape);
    assert_eq!((grid.text(at(0, 0)), grid.can_undo()), ("a1", false));
}

#[test]
fn what_was_typed_into_a_cell_is_undone_at_once_and_done_again() {
    let mut grid = grid();
    for text in ["1", "12", "123"] {
        grid.type_in(text);
    }
    grid.key(Key::Enter);
    grid.type_in("9");
    grid.key(Key::Undo);
    assert_eq!(
        (grid.text(at(1, 0)), grid.text(at(0, 0)), grid.cursor),
        ("a2", "123", at(1, 0))
    );
    grid.key(Key::Undo);
    assert_eq!((grid.text(at(0, 0)), grid.cursor), ("a1", at(0, 0)));
    grid.key(Key::Redo);
    assert_eq!((grid.text(at(0, 0)), grid.can_redo()), ("123", true));
    grid.type_in("4");
    grid.settle();
    assert!(
        !grid.can_redo(),
        "what is typed after undoing takes the place of what was undone"
    );
}

#[test]
fn a_block_is_selected_copied_emptied_and_comes_back_whole() {
    let mut grid = grid();
    grid.key(Key::Extend(Way::Down));
    grid.key(Key::Extend(Way::Right));
    assert_eq!(grid.copied(), "a1\tb1\na2\tb2");
    grid.key(Key::Delete);
    assert_eq!((grid.text(at(1, 1)), grid.text(at(2, 0))), ("", "a3"));
    grid.key(Key::Undo);
    assert_eq!(grid.text(at(1, 1)), "b2");
}

#[test]
fn texts_outside_the_grid_are_passed_over() {
    let mut grid = grid();
    grid.set([(at(9, 0), "x".to_owned()), (at(2, 1), "y".to_owned())]);
    assert_eq!((grid.text(at(9, 0)), grid.text(at(2, 1))), ("", "y"));
}

#[test]
fn a_grid_without_cells_takes_every_key() {
    let mut grid = Grid::new(2, Vec::new());
    for key in [Key::Next, Key::Move(Way::Down), Key::Delete, Key::Undo, Key::Last] {
        grid.key(key);
    }
    grid.type_in("x");
    assert_eq!(grid.text(at(0, 0)), "");
}
