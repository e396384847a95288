# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""In place of the product's own module."""


def test_install_replaces_what_the_product_calls_and_uninstall_takes_it_back(host, product):
    product()
    program = """
        from nemoguardrails import telemetry
        own = telemetry.report_usage, telemetry.set_deployment_type
        guardrails.install()
        guardrails.install()
        def engine():
            from nemoguardrails.telemetry import report_usage
            report_usage(None, deployment_type="library", rails_engine="LLMRails")
        telemetry.set_deployment_type("api")
        engine()
        guardrails.uninstall()
        guardrails.uninstall()
        assert (telemetry.report_usage, telemetry.set_deployment_type) == own
        engine()
        assert telemetry.calls == [(None, "library", "LLMRails")]
        guardrails.install()
        engine()
    """
    events = host.report(program)
    assert [(event["railsEngine"], event["deploymentType"]) for event in events] == [("LLMRails", "api")] * 2


def test_what_was_claimed_before_counts(host, product):
    product()
    program = """
        from nemoguardrails import telemetry
        telemetry.set_deployment_type("cli")
        guardrails.install()
        telemetry.report_usage()
    """
    assert [event["deploymentType"] for event in host.report(program)] == ["cli"]


def test_what_was_put_over_it_stays(host, product):
    product()
    program = """
        from nemoguardrails import telemetry
        guardrails.install()
        def of_the_host(*_): pass
        telemetry.report_usage = of_the_host
        guardrails.uninstall()
        assert telemetry.report_usage is of_the_host
        assert telemetry.set_deployment_type is not guardrails.set_deployment_type
    """
    assert host.report(program) == []


def test_without_the_product_there_is_an_import_error(host):
    program = """
        try:
            guardrails.install()
        except ImportError as error:
            print(error)
    """
    assert host.run(program).out == "No module named 'nemoguardrails'\n"
