# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Stands in for `nemoguardrails.telemetry`: the names that Guardrails and `install` use."""

calls = []
_deployment_type_override = None


def report_usage(config=None, deployment_type="library", rails_engine=""):
    calls.append((config, deployment_type, rails_engine))


def set_deployment_type(deployment_type):
    global _deployment_type_override
    _deployment_type_override = deployment_type
