// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::{TelemetryEnum, TelemetryEvent};

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "numbers", schema_version = "1.0", schema = "schemas/long.json")]
struct Checkout {
    /// What it is.
    kind: Kind,
}

/// What it is.
#[derive(TelemetryEnum)]
#[telemetry(rename_all = "lowercase")]
#[rustfmt::skip]
enum Kind {
    Flow000, Flow001, Flow002, Flow003, Flow004, Flow005, Flow006, Flow007, Flow008, Flow009,
    Flow010, Flow011, Flow012, Flow013, Flow014, Flow015, Flow016, Flow017, Flow018, Flow019,
    Flow020, Flow021, Flow022, Flow023, Flow024, Flow025, Flow026, Flow027, Flow028, Flow029,
    Flow030, Flow031, Flow032, Flow033, Flow034, Flow035, Flow036, Flow037, Flow038, Flow039,
    Flow040, Flow041, Flow042, Flow043, Flow044, Flow045, Flow046, Flow047, Flow048, Flow049,
    Flow050, Flow051, Flow052, Flow053, Flow054, Flow055, Flow056, Flow057, Flow058, Flow059,
    Flow060, Flow061, Flow062, Flow063, Flow064, Flow065, Flow066, Flow067, Flow068, Flow069,
    Flow070, Flow071, Flow072, Flow073, Flow074, Flow075, Flow076, Flow077, Flow078, Flow079,
    Flow080, Flow081, Flow082, Flow083, Flow084, Flow085, Flow086, Flow087, Flow088, Flow089,
    Flow090, Flow091, Flow092, Flow093, Flow094, Flow095, Flow096, Flow097, Flow098, Flow099,
    Flow100, Flow101, Flow102, Flow103, Flow104, Flow105, Flow106, Flow107, Flow108, Flow109,
    Flow110, Flow111, Flow112, Flow113, Flow114, Flow115, Flow116, Flow117, Flow118, Flow119,
    Flow120, Flow121, Flow122, Flow123, Flow124, Flow125, Flow126, Flow127, Flow128, Flow129,
    Flow130, Flow131, Flow132, Flow133, Flow134, Flow135, Flow136, Flow137, Flow138, Flow139,
    Flow140, Flow141, Flow142, Flow143, Flow144, Flow145, Flow146, Flow147, Flow148, Flow149,
    Flow150, Flow151, Flow152, Flow153, Flow154, Flow155, Flow156, Flow157, Flow158, Flow159,
    Flow160, Flow161, Flow162, Flow163, Flow164, Flow165, Flow166, Flow167, Flow168, Flow169,
    Other,
    Flow170, Flow171, Flow172, Flow173, Flow174, Flow175, Flow176, Flow177, Flow178, Flow179,
    Flow180, Flow181, Flow182, Flow183, Flow184, Flow185, Flow186, Flow187, Flow188, Flow189,
    Flow190, Flow191, Flow192, Flow193, Flow194, Flow195, Flow196, Flow197, Flow198, Flow199,
    Flow200, Flow201, Flow202, Flow203, Flow204, Flow205, Flow206, Flow207, Flow208, Flow209,
    Flow210, Flow211, Flow212, Flow213, Flow214, Flow215, Flow216, Flow217, Flow218, Flow219,
    Flow220, Flow221, Flow222, Flow223, Flow224, Flow225, Flow226, Flow227, Flow228, Flow229,
    Flow230, Flow231, Flow232, Flow233, Flow234, Flow235, Flow236, Flow237, Flow238, Flow239,
    Flow240, Flow241, Flow242, Flow243, Flow244, Flow245, Flow246, Flow247, Flow248, Flow249,
    Flow250, Flow251, Flow252, Flow253, Flow254, Flow255, Flow256, Flow257, Flow258, Flow259,
    Flow260, Flow261, Flow262, Flow263, Flow264, Flow265, Flow266, Flow267, Flow268, Flow269,
    Flow270, Flow271, Flow272, Flow273, Flow274, Flow275, Flow276, Flow277, Flow278, Flow279,
    Flow280, Flow281, Flow282, Flow283, Flow284, Flow285, Flow286, Flow287, Flow288, Flow289,
    Flow290, Flow291, Flow292, Flow293, Flow294, Flow295, Flow296, Flow297, Flow298, Flow299,
}

fn main() {}
