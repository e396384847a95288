# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""The usage event of NeMo Guardrails as a type."""

from typing import List, Literal, TypedDict


class GuardrailsUsageEvent(TypedDict):
    """The parameters of the event, in the order in which they are sent."""

    nemoSource: Literal["guardrails"]
    sessionId: str
    nemoguardrailsVersion: str
    pythonVersion: str
    platform: str
    osName: str
    colangVersion: str
    llmProviders: List[str]
    numRailsConfigured: int
    railTypesInUse: List[Literal["input", "output", "retrieval", "tool_output", "tool_input", "dialog"]]
    tracingEnabled: bool
    deploymentType: Literal["library", "api", "cli", "sdk", "nmp", "undefined"]
    railsEngine: Literal["LLMRails", "IORails", "undefined"]
    hasKnowledgeBase: bool
    streamingConfigured: bool
    builtinFeatures: List[str]
    numCustomFlows: int
    timestamp: float
    event: Literal["startup", "heartbeat"]
