# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Random configurations: typed values, broken YAML, several files, imports, Colang files."""

import json

SCALARS = """
true ¦ false ¦ yes ¦ no ¦ on ¦ off ¦ y ¦ n ¦ Yes ¦ ON ¦ tRUE ¦ 'true' ¦ 'yes' ¦ 'maybe' ¦ "1" ¦ '0' ¦ 't' ¦
' true' ¦ null ¦ ~ ¦ '' ¦ "" ¦ 0 ¦ 1 ¦ 2 ¦ -1 ¦ 1.0 ¦ 0.0 ¦ 1.5 ¦ '1.0' ¦ '1.5' ¦ '5000' ¦ '5_000' ¦ ' 5000 ' ¦
'5000.0' ¦ '5000.' ¦ '.5' ¦ '+5' ¦ '-0' ¦ '1__0' ¦ '_1' ¦ '1_' ¦ '0x32' ¦ 5000 ¦ 5_000 ¦ 0x1388 ¦ 011610 ¦ 0b1 ¦
0o17 ¦ 08 ¦ 5000.0 ¦ 5e3 ¦ 5.0e3 ¦ 5.0e+3 ¦ .inf ¦ -.inf ¦ .nan ¦ .NaN ¦ 'inf' ¦ 'nan' ¦ 'Infinity' ¦ '1e3' ¦
'1_0.5' ¦ 1:30 ¦ 1:30.5 ¦ 0:50 ¦ 190:20:30 ¦ 2024-01-01 ¦ 2024-13-45 ¦ 2024-01-01T10:00:00Z ¦ '2024-01-01' ¦ = ¦
'=' ¦ '<<' ¦ << ¦ [] ¦ {} ¦ [a] ¦ {a: b} ¦ [1] ¦ [null] ¦ {1: a} ¦ x ¦ "x y" ¦ 99999999999999999999 ¦
-99999999999999999999 ¦ '99999999999999999999' ¦ 1e400 ¦ '1e400' ¦ 0.4 ¦ 0.1 ¦ 0.5 ¦ 30 ¦ 30.0 ¦ '30' ¦ '30.0' ¦
3.5 ¦ 50 ¦ 50.0 ¦ 384 ¦ 128 ¦ 89.79 ¦ 1845.65 ¦ reject ¦ ANY ¦ all_pass ¦ !!str 1 ¦ !!int '3' ¦ !!float '1' ¦
!!bool 'yes' ¦ !!null x ¦ !!binary aGk= ¦ !foo x ¦ !!python/name:os.system x ¦ ! 1 ¦ ! '1' ¦ &a x ¦ *a ¦
"\\u0041" ¦ "\\x41" ¦ '\\' ¦ "a\\ b" ¦ '١' ¦ "1\\n" ¦ "\\t1" ¦ "True " ¦ +.inf ¦ +1 ¦ -1.0 ¦ - ¦ . ¦ .. ¦ --- ¦
... ¦ ? ¦ : ¦ , ¦ @ ¦ ` ¦ % ¦ & ¦ * ¦ | ¦ > ¦ # ¦ - ¦ 1_000.5 ¦ 0_ ¦ 0b_ ¦ 0x_ ¦ 1_:30 ¦ ++1 ¦ 1.e+5 ¦ -.5 ¦
.5 ¦ .5_0 ¦ 1._5 ¦ http://x ¦ https://x.y/z
""".replace("\n", "").split(" ¦")
SCALARS = [scalar.strip(" ") for scalar in SCALARS]

# Field paths below the top of a configuration, each with values that are likely to matter to it.
FIELDS = {
    "colang_version": ["'1.0'", "'2.x'", "2.x", "1.0", "'2.0'", "x", "null", "''"],
    "streaming": [], "passthrough": [], "enable_rails_exceptions": [], "lowest_temperature": [],
    "enable_multi_step_generation": [], "sample_conversation": [], "prompting_mode": [], "event_source_uid": [],
    "actions_server_url": [], "raw_llm_call_action": [], "custom_data": ["{a: 1}", "{1: 2}"],
    "user_messages": ["{a: [b]}", "{a: b}", "{a: [1]}", "{1: [a]}"], "bot_messages": ["{a: [b]}"],
    "docs": ["[{format: md, content: x}]", "[{format: md}]", "[{format: md, content: ''}]", "[a]"],
    "instructions": ["[{type: general, content: x}]", "[{type: general}]"],
    "flows": ["[{id: a, elements: []}]", "[{id: regex check input, is_system_flow: false}]", "[a]", "[{id: a, elements: [1]}]",
              "[{id: a, is_system_flow: 'false'}, {id: a}]", "[{}]", "[{elements: [{user: hi}, {bot: hi}]}]", "[{elements: {a: b}}]"],
    "import_paths": ["[core]", "[nope]", "[cfg]", "[nemoguardrails/library/self_check]", "'.'", "[cfg/main.co]"],
    "knowledge_base": ["{folder: x}", "{embedding_search_provider: {cache: {enabled: maybe}}}"],
    "core": ["{embedding_search_provider: {name: 1}}", "{embedding_search_provider: {name: x, parameters: {a: 1}}}"],
    "metrics": ["{enabled: yes}"],
    "tracing": ["{enabled: true}", "{enabled: 'on', adapters: [{name: x, y: z}]}", "{adapters: [{1: x}]}", "{span_format: legacy}"],
    "tracing.enabled": [], "tracing.adapters": [], "metrics.enabled": [],
    "rails": ["{input: {}}"], "rails.config": [], "rails.dialog": [], "rails.actions": ["{instant_actions: [a]}"],
    "rails.dialog.single_call": [], "rails.dialog.single_call.enabled": [], "rails.dialog.single_call.fallback_to_multiple_calls": [],
    "rails.dialog.user_messages.embeddings_only_similarity_threshold": [],
    "rails.input.parallel": [], "rails.input.speculative_generation": [], "rails.output.parallel": [],
    "rails.output.streaming": ["{enabled: true}", "{enabled: true, 1: 2}"], "rails.output.streaming.enabled": [],
    "rails.output.streaming.stream_first": [], "rails.output.streaming.context_size": [], "rails.output.streaming.chunk_size": [],
}
RAIL_CONFIG = """
ai_defense.timeout ai_defense.fail_open autoalign.parameters autoalign.input.guardrails_config clavata.server_endpoint clavata.policies
clavata.label_match_logic clavata.input clavata.input.policy clavata.input.labels content_safety.multilingual.enabled
content_safety.multilingual.refusal_messages content_safety.reasoning.enabled context_bloat_detection.max_chars context_bloat_detection.min_chars
context_bloat_detection.min_entropy context_bloat_detection.max_repetition_ratio context_bloat_detection.ngram_size context_bloat_detection.action
crowdstrike_aidr.timeout f5.api_url f5.fail_open f5.max_retries f5.max_retry_after_seconds fact_checking.parameters
fact_checking.fallback_to_self_check fiddler.fiddler_endpoint fiddler.safety_threshold gliner.server_endpoint gliner.model gliner.api_key_env_var
gliner.threshold gliner.chunk_length gliner.overlap gliner.flat_ner gliner.input.entities gliner.input.x gliner.x guardrails_ai.validators hf_classifier
hf_classifier.a hf_classifier.a.engine hf_classifier.a.model hf_classifier.a.base_url hf_classifier.a.api_key_env_var hf_classifier.a.task
hf_classifier.a.parameters injection_detection.injections injection_detection.action injection_detection.yara_path injection_detection.yara_rules
jailbreak_detection.server_endpoint jailbreak_detection.length_per_perplexity_threshold jailbreak_detection.nim_base_url
jailbreak_detection.nim_server_endpoint jailbreak_detection.api_key jailbreak_detection.nim_url jailbreak_detection.nim_port
jailbreak_detection.embedding pangea.input pangea.input.recipe patronus.input patronus.input.evaluate_config
patronus.input.evaluate_config.success_strategy patronus.input.evaluate_config.params polygraf.server_endpoint polygraf.input.entities polygraf.x
polygraf.input.x privateai.server_endpoint privateai.input.entities regex_detection.input regex_detection.input.patterns
regex_detection.input.case_insensitive sensitive_data_detection.recognizers sensitive_data_detection.input.entities
sensitive_data_detection.input.mask_token sensitive_data_detection.input.score_threshold trend_micro.v1_url trend_micro.application_name
trend_micro.detailed_response trend_micro.api_key_env_var ai_defense autoalign clavata content_safety context_bloat_detection crowdstrike_aidr f5
fact_checking fiddler gliner guardrails_ai injection_detection jailbreak_detection pangea patronus polygraf privateai regex_detection
sensitive_data_detection trend_micro unknown_rail
""".split()
VALUES = {
    "hf_classifier": ["{a: {engine: local, model: m}}", "{a: {engine: vllm, model: m, base_url: 'http://x'}}", "{a: {model: m}}",
                      "{a: {engine: vllm, model: m, base_url: 'http://x', api_key_env_var: K}}", "{a: {engine: local, model: ''}}",
                      "{a: {engine: local, model: m, parameters: {aggregation_strategy: x}}}", "{1: {engine: local, model: m}}",
                      "{a: {engine: local, model: m, task: token-classification, parameters: {aggregation_strategy: x}}}"],
    "guardrails_ai.validators": ["[{name: a}]", "[{name: a, parameters: {1: 2}}]", "[{}]", "[{name: a, metadata: null}]"],
    "regex_detection.input.patterns": ["['a(b)']", "['(']", "['[a-z']", "['(?<=a*)b']", "['\\d+']", "[1]", "[]", "['(?P<x>a)(?P=x)']", "[\"\\\\\\\\q\"]"],
    "sensitive_data_detection.recognizers": ["[{}]", "[{1: 2}]", "[[]]"],
    "injection_detection.action": ["omit", "reject", "\"reject\\n\"", "Reject"],
    "clavata.label_match_logic": ["ANY", "ALL", "any"],
    "trend_micro.application_name": ["a b", "a_b-1", "''", "nemo-guardrails", "a" * 64, "a" * 65, "é"],
    "jailbreak_detection.nim_base_url": ["http://x", "x", "''"], "jailbreak_detection.server_endpoint": ["http://x", "x", "''"],
    "jailbreak_detection.nim_url": ["x", "''"], "jailbreak_detection.nim_server_endpoint": ["''", "null", "classify", "x"],
    "pangea.input": ["{recipe: x}", "{}"], "clavata.input": ["{policy: x}", "{}"], "patronus.input": ["{}", "{evaluate_config: {}}", "null"],
    "content_safety.multilingual.refusal_messages": ["{en: x}", "{en: 1}", "{1: x}", "{}"], "clavata.policies": ["{a: b}", "{a: 1}"],
    "injection_detection.yara_rules": ["{a: b}", "{a: 1}", "{}", "null"],
}
FLOWS = """self check input|self check output|self check facts|llama guard check input|llama guard check output|content safety check input $model=cs|
content safety check output $model=main|content safety check input|topic safety check input $model=cs|patronus lynx check output hallucination|
jailbreak detection model|jailbreak detection heuristics|mask pii on output|injection detection|regex check input|Regex Check Input|
regex check retrieval(a)|check it|check it $x=1|self check input $variant=v|self check input(variant=v)|self check output $variant='v'|
self check input $variant=a=b|gliner mask pii on output (x)|protect response $a=b|x $model=nope|x $model=|x$model=main|x $model=main $model=main|
x $model="main"|''|' '|"a\\tb"|self check hallucination|1|null|hf classifier check input $classifier=a|detect pii on input ""|x $model='main' $y""".replace("\n", "").split("|")
PROMPTS = """self_check_input|self_check_output|self_check_facts|llama_guard_check_input|llama_guard_check_output|self_check_input $variant=v|v|
content_safety_check_input $model=cs|content_safety_check_output $model=main|content_safety_check_input $model=None|
topic_safety_check_input $model=cs|patronus_lynx_check_output_hallucination|x""".replace("\n", "").split("|")
MODELS = """{type: main, engine: openai, model: m}|{type: cs, engine: nim, model: m}|{type: main, engine: '', model: m}|{type: main, engine: ' ', model: ' m '}|
{type: main, engine: openai}|{type: main, engine: openai, model: ' '}|{type: main, engine: openai, parameters: {model_name: m}}|
{type: main, engine: openai, parameters: {model: m}}|{type: main, engine: openai, model: m, parameters: {model: n}}|
{type: main, engine: openai, model: '', parameters: {model: n, model_name: o}}|{type: main, engine: 1, model: m}|{type: main, model: m}|
{engine: openai, model: m}|{type: main, engine: openai, model: m, mode: text}|{type: main, engine: openai, model: m, mode: Chat}|
{type: main, engine: openai, model: m, cache: {enabled: 'on', maxsize: '10', stats: {log_interval: null}}}|
{type: main, engine: openai, model: m, cache: null}|{type: main, engine: openai, model: m, api_key_env_var: NO_SUCH_KEY}|
{type: main, engine: openai, model: m, api_key_env_var: ''}|{type: main, engine: openai, model: m, parameters: null}|
{type: main, engine: openai, model: m, parameters: {1: 2}}|{type: main, engine: openai, model: 0, parameters: {model: n}}|
{type: main, engine: openai, model: m, parameters: []}|{type: main, engine: Azure OpenAI, model: m, x: y}""".replace("\n", "").split("|")
DUPLICATED = """  - &a {type: main, engine: openai, parameters: &p {model_name: m}}|  - *a|  - {type: cs, engine: nim, parameters: *p}|  - {<<: *a, type: cs}|
  - {<<: *a, model: n}|  - {<<: [*a, *a], engine: x}|  - {type: x, engine: y, model: m, <<: *a}""".replace("\n", "").split("|")
COLANG_1 = ["define user greet\n  \"hi\"\n", "define flow a\n  user greet\n  bot greet\n", "define subflow b\n  bot greet\n", "define bot greet\n  \"hello\"\n",
            "define flow\n  user x\n  bot y\n", "define flow\n  user z\n  bot y\n", "define user q\n  \"x\"\n  bot hello\n", "define extension flow e\n  user x\n",
            "define parallel flow p\n  user x\n", "define flow regex check input\n  bot x\n", "# define flow c\n", "\"\"\"\ndefine flow d\n\"\"\"\n",
            "define flow f # comment\n  user x\n", "define  flow   g  h:\n  user x\n", "def flow i\n  user x\n", "define flow \"q # r\"\n  user x\n",
            "define action z\n  x\n", "define snippet s\n  user x\n", "a block:\n  user x\n  bot y\n", "define flow j\n", "import core\n", "define test flow t\n  user x\n",
            "define flow k\n  if $a\n    bot x\n  else\n    bot y\n", "define flow l\n  user a or\n    b\n", "define flow a b \\\n  c\n  user x\n",
            "define user multi and other\n", "define flow m\n  $x = execute y\n  bot z\n", "define flow n\n  \"\"\"doc\"\"\"\n  user x\n", "define\tflow tab\n  user x\n",
            "define flow o:\n  user x\n", "define bot w\n  if $x\n    \"a\"\n  else\n    \"b\"\n", "define bot y2\n  \"a\n  define flow hidden\n  b\"\n"]
COLANG_2 = ["flow main\n  match E()\n", "flow helper $x\n  match E()\n", "@active\nflow c\n  match E()\n", "import core\n", "import llm\n", "import guardrails\n",
            "import nemoguardrails.library.self_check\n", "import nemoguardrails.library.topic_safety.flows\n", "import nope\n", "\"\"\"\nflow hidden\n\"\"\"\n", "# flow x\n",
            "flow p($x, $y=1)\n  match E()\n", "flow a b c -> $z\n  return 1\n", "flow doc\n  \"\"\"flow inner\n  define\nflow inner\n  \"\"\"\n  match E()\n", "\n",
            "flow q # flow r\n  match E()\n", "flow s\n  send flow x\n", "flow t\n  ...\n", "@meta(a=1)\n@loop(\"x\")\nflow u\n  match E()\n", "flow v\n  await w\n",
            "import nemoguardrails.library\n", "import nemoguardrails.colang.v2_x.library\n", "import timing # x\n", "import core\nimport core\n", "flow\tw\n  match E()\n",
            "flow x2\n  $a = \"\"\"one\ntwo\"\"\"\n  match E()\n", "flow y2\n  match E()\n\n\n  # c\n  send F()\n", "import extra\n", "import sub.file\n", "flow z2\n  '''\nflow hidden\n'''\n  match E()\n"]

# Lines of a Colang 1.0 flow: words that name a block if deeper lines follow, statements, and statements with a block.
BARE_WORDS = """try¦except B¦finally:¦elif $y¦execute¦exec:¦check it¦global x¦param y¦$x¦$x=1¦"text"¦'text'¦foo bar¦try¦else x¦go x¦priority high¦
case "a b":¦a. b¦:c¦async¦with $x as $y¦new_x¦users¦define_x¦def¦é¦1¦- a¦[a]¦on¦catch $e¦match x¦loop¦block¦parallel""".replace("\n", "").split("¦")
STATEMENTS = """user a¦bot b¦bot "c"¦execute x¦$x = execute y¦$x = 1¦$x += 1¦stop¦abort¦break¦continue¦return¦done¦pass¦goto a¦label l¦event E¦do g¦set $x = 1¦
meta¦user a or user b¦priority 2¦expect x¦checkpoint c¦user "d"¦infer x¦when user a¦bot b with $x""".replace("\n", "").split("¦")
BRANCHES = """if $x¦while $x¦any¦else¦else if $y¦else:¦when user a¦else when user b¦infer""".split("¦")
# Headers and bodies of Colang 2.x flows, with comments at different indentations.
HEADERS = ["flow f", "flow f # c", "flow f $x", "@active\nflow f", "flow f -> $x", "flow f:"]
BODIES = ["  # todo", "\t# todo", "    # todo", "# todo", "  #", "  # flow x", "", "  ", "  pass", "  bot say \"x\"", "  \"\"\"text\"\"\"", "  # \"\"\"", "  if $x\n    # todo",
          " # todo", "  # é", "  match E() # c", "import core", "bot say \"x\""]
# Lines around the one document of a YAML file.
MARKERS = ["---", "...", "--- ", "... ", "---\t", "--- # c", "... # c", "%YAML 1.1", "%YAML 1.2", "%YAML 2.0", "%TAG ! tag:x:", "%FOO bar", "# c", "", "--- {}", "--- x", "...x", "---x", "... x",
           "....", "----", " ---", " ...", "--- |", "--- &a", "--- !!map", "\ufeff---", "--", "..", "---#c", "...#c", "models: []", "rails: {}"]


class Generator:
    """Draws cases; the same source of chance gives the same cases."""

    def __init__(self, chance, corpora=()):
        self.chance = chance
        self.texts, self.colang = [], []
        for line in (line for corpus in corpora for line in open(corpus, encoding="utf-8")):
            for path, content in json.loads(line)["files"].items():
                if "text" in content and len(content["text"]) < 6000:
                    (self.texts if path.endswith(("yml", "yaml")) else self.colang if path.endswith("co") else []).append(content["text"])

    def case(self):
        families = [self.values, self.values, self.whole, self.broken_yaml, self.files_and_colang, self.files_and_colang, self.models, self.rails,
                    self.bare_words, self.comment_bodies, self.mutated_colang, self.markers, self.several_rails]
        family = self.chance.choice(families)
        case = {"config": "cfg", "cwd": ".", "symlinks": {}, "dirs": ["cfg"], "family": family.__name__}
        case["files"] = {path: {"text": text} for path, text in family().items()}
        return case

    def scalar(self):
        return self.chance.choice(SCALARS)

    def field(self):
        """A path and a value for it."""
        if self.chance.random() < 0.6:
            path = self.chance.choice(RAIL_CONFIG)
            likely, path = VALUES.get(path, []), "rails.config." + path
        else:
            path = self.chance.choice(list(FIELDS))
            likely = FIELDS[path]
        return path, self.chance.choice(likely) if likely and self.chance.random() < 0.6 else self.scalar()

    def nested(self, fields):
        """Fields as block YAML; where one path is below another, the later one wins."""
        tree = {}
        for path, value in fields:
            *above, last = path.split(".")
            at = tree
            for key in above:
                at = at[key] if isinstance(at.get(key), dict) else at.setdefault(key, {}) if key not in at else at.update({key: {}}) or at[key]
            at[last] = value
        return "\n".join(self.lines(tree, "")) + "\n"

    def lines(self, tree, indent):
        for key, value in tree.items():
            if isinstance(value, dict):
                yield f"{indent}{key}:"
                yield from self.lines(value, indent + "  ")
            else:
                yield f"{indent}{key}: {value}"

    def values(self):
        base = "models: []\n" if self.chance.random() < 0.8 else ""
        fields = [self.field() for _ in range(self.chance.choice([1, 1, 1, 2, 3]))]
        return {"cfg/config.yml": base + self.nested(fields)}

    def models(self):
        if self.chance.random() < 0.3:
            chosen = DUPLICATED[:1] + [self.chance.choice(DUPLICATED) for _ in range(self.chance.randint(1, 3))]
            return {"cfg/config.yml": "models:\n" + "\n".join(chosen) + "\n"}
        chosen = [self.chance.choice(MODELS) for _ in range(self.chance.randint(1, 3))]
        return {"cfg/config.yml": "models:\n" + "".join(f"  - {model}\n" for model in chosen)}

    def rails(self):
        text = "models:\n  - {type: main, engine: openai, model: m}\n  - {type: cs, engine: nim, model: m}\n"
        if self.chance.random() < 0.3:
            text += "colang_version: '2.x'\n"
        if self.chance.random() < 0.7:
            tasks = PROMPTS if self.chance.random() < 0.4 else self.chance.sample(PROMPTS, self.chance.randint(1, 8))
            text += "prompts:\n" + "".join(f"  - {{task: {task}, content: x}}\n" for task in tasks)
        text += "rails:\n"
        for group in self.chance.sample(["input", "output", "retrieval", "tool_output", "tool_input", "dialog", "config", "other"], self.chance.randint(1, 3)):
            flows = [self.chance.choice(FLOWS) for _ in range(self.chance.choice([0, 1, 1, 1, 2, 3]))]
            text += f"  {group}:\n    flows:" + ("".join(f"\n      - {flow}" for flow in flows) or " []") + "\n"
            if group == "output" and self.chance.random() < 0.5:
                text += f"    streaming: {{enabled: {self.scalar()}, stream_first: {self.chance.choice(['false', 'true', self.scalar()])}, context_size: {self.chance.choice(['0', self.scalar()])}}}\n"
            if group == "config" and self.chance.random() < 0.5:
                text += "    jailbreak_detection: {nim_base_url: 'http://x', nim_server_endpoint: ''}\n"
        return {"cfg/config.yml": text}

    def mutated(self, text):
        for _ in range(self.chance.choice([1, 1, 2, 3])):
            at = self.chance.randrange(len(text) + 1)
            piece = self.chance.choice(["\t", " ", "  ", "\n", ":", ": ", "- ", "#", " #", "'", '"', "[", "]", "{", "}", ",", "&a ", "*a", "!", "!!str ", "|", "|\n", ">-\n", "? ", "%", "@", "`",
                                        "---\n", "...\n", "\r\n", "\r", "\\", "<<: ", "\u00a0", "\u0085", "\u2028", "\ufeff", "\x07", "0", "~", "=", "é", "--- ", "%YAML 1.1\n", "- - ", "\n\n", "key: value\n"])
            kind = self.chance.random()
            if kind < 0.6:
                text = text[:at] + piece + text[at:]
            elif kind < 0.8:
                text = text[:at] + text[at + self.chance.choice([1, 1, 2, 5, 20]):]
            else:
                lines = text.split("\n")
                line = self.chance.randrange(len(lines))
                lines.insert(self.chance.randrange(len(lines)), lines[line])
                text = "\n".join(lines)
        return text

    def broken_yaml(self):
        text = self.chance.choice(self.texts) if self.texts else self.rails()["cfg/config.yml"]
        return {"cfg/config.yml": self.mutated(text)}

    def whole(self):
        fields = [self.field() for _ in range(4)]
        text = self.nested(fields)
        kind = self.chance.random()
        if kind < 0.3:
            return {"cfg/a.yml": "models: []\n" + text, "cfg/b.yml": self.nested([self.field() for _ in range(3)])}
        if kind < 0.4:
            return {"cfg/config.yml": "models: []\n" + text, "cfg/kb/x.md": "x", ".railsignore": self.chance.choice(["*.md", "x", "k*", "[a-x].md"])}
        return {"cfg/config.yml": "models: []\n" + text}

    def files_and_colang(self):
        version = self.chance.choice(["1.0", "2.x"])
        pieces = COLANG_1 if version == "1.0" else COLANG_2
        files = {"cfg/config.yml": f"models: []\ncolang_version: '{version}'\n" + self.chance.choice(["", "", "import_paths: [extra]\n", "rails:\n  input:\n    flows: [a, regex check input]\n"])}
        for name in self.chance.sample(["cfg/main.co", "cfg/b.co", "cfg/sub/c.co", "extra/d.co", "sub/file.co", "cfg/kb/k.co"], self.chance.randint(1, 3)):
            text = "\n".join(self.chance.choice(pieces) for _ in range(self.chance.randint(1, 4)))
            if self.colang and self.chance.random() < 0.15:
                text = self.chance.choice(self.colang)
            if self.chance.random() < 0.1:
                text = text.replace("\n", "\r\n")
            files[name] = text
        if self.chance.random() < 0.3:
            files["extra/config.yml"] = self.chance.choice(["models: [{type: a, engine: e, model: m}]\n", "rails: {output: {flows: [regex check output]}}\n", "import_paths: [cfg]\n", "colang_version: '2.x'\n"])
        if self.chance.random() < 0.2:
            files[self.chance.choice(["cfg/.railsignore", ".railsignore"])] = self.chance.choice(["*.co\n", "b.co\n", "# b.co\n", " # x\n[!m]*.co\n", "config.yml\n", "?.co\r\n"])
        return files

    def block(self, indentation, depth):
        """Lines of a Colang 1.0 block, most often of one kind: bare words, statements, or both."""
        lines = []
        for _ in range(self.chance.choice([1, 1, 2, 2, 3])):
            kind = self.chance.random()
            if kind < 0.5 and depth < 4:
                words = BARE_WORDS if kind < 0.4 else BRANCHES
                deeper = indentation + self.chance.choice([2, 2, 2, 2, 1, 4])
                lines += [" " * indentation + self.chance.choice(words), *self.block(deeper, depth + 1)]
            else:
                lines.append(" " * indentation + self.chance.choice(STATEMENTS[:2] if kind < 0.8 else STATEMENTS))
        return lines

    def bare_words(self):
        headers = ["define flow f", "define flow f", "define flow g", "define flow", "define subflow s", "define extension flow e", "f:", "define user u\n  \"x\"", "define bot b", "try",
                   "define user v\n  \"x\"\n  bot b", "define action a"]
        text = "define user first\n  \"x\"\n\n"
        for header in self.chance.sample(headers, self.chance.choice([1, 1, 2, 3])):
            text += "\n".join([header, *self.block(2, 0)]) + "\n\n"
        return {"cfg/config.yml": "models: []\nrails: {input: {flows: [f, f.try, try, g]}}\n", "cfg/main.co": text}

    def comment_bodies(self):
        text = self.chance.choice(["", "", "import core\n\n", "# c\n", "\n"])
        for _ in range(self.chance.choice([1, 1, 2, 3])):
            text += "\n".join([self.chance.choice(HEADERS[:2] if self.chance.random() < 0.7 else HEADERS), *(self.chance.choice(BODIES[:8] if self.chance.random() < 0.7 else BODIES) for _ in range(self.chance.choice([1, 1, 2, 3])))])
            text += self.chance.choice(["\n", "\n", "\n\n", ""])
        if self.chance.random() < 0.1:  # the whole file is indented, or its first line
            text = self.chance.choice(["  " + text, "\n  " + text.replace("\n", "\n  "), "# c\n  " + text.replace("\n", "\n  ")])
        return {"cfg/config.yml": "models: []\ncolang_version: '2.x'\n", "cfg/main.co": text}

    def mutated_colang(self):
        """A Colang file with a few lines added, removed, repeated, indented or commented out."""
        text = self.chance.choice(self.colang) if self.colang else "".join(COLANG_1[:3])
        version = "1.0" if "define" in text else "2.x"
        added = [*BARE_WORDS, *STATEMENTS, *BRANCHES, "define flow z", "define flow", "define user z", "define subflow z"] if version == "1.0" else ["# c", "pass", "flow z", "flow z\n  # todo", "import core"]
        lines = text.split("\n")
        for _ in range(self.chance.choice([1, 1, 2, 3])):
            at, kind = self.chance.randrange(len(lines)), self.chance.random()
            indentation = " " * (len(lines[at]) - len(lines[at].lstrip(" "))) if self.chance.random() < 0.8 else ""
            if kind < 0.4:
                lines.insert(at, indentation + self.chance.choice(added))
            elif kind < 0.6:
                last = at + self.chance.randint(1, 4)
                lines[at:last] = ["  " + line for line in lines[at:last]]
            elif kind < 0.7:
                lines[at] = lines[at].removeprefix("  ")
            elif kind < 0.8:
                lines[at:at + 1] = [] if len(lines) > 1 else [""]
            elif kind < 0.9:
                lines.insert(self.chance.randrange(len(lines) + 1), lines[at])
            else:
                lines[at] = "#" + lines[at]
        return {"cfg/config.yml": f"models: []\ncolang_version: '{version}'\n", "cfg/main.co": "\n".join(lines)}

    def markers(self):
        marked = lambda count: "".join(self.chance.choice(MARKERS[:2] if self.chance.random() < 0.4 else MARKERS) + "\n" for _ in range(self.chance.randint(0, count)))
        text = marked(2) + self.chance.choice(["models: []\n", "models: []\n", "models:\n- {type: main, engine: e, model: m}\n", "{models: []}\n", "models: []\nsample_conversation: |\n  a\n  b\n",
                                             "models: []\nsample_conversation: 'a\n  b'\n", ""]) + marked(3)
        return {"cfg/config.yml": text if self.chance.random() < 0.8 else text.rstrip("\n")}

    def several_rails(self):
        """Files of which one replaces what the others say."""
        names = self.chance.sample(["cfg/config.yml", "cfg/a.yaml", "cfg/z.yml", "cfg/sub/config.yml", "extra/config.yml", "cfg/.hidden.yml"], self.chance.randint(2, 4))
        files = {"cfg/base.yml": "models: []\n" + self.chance.choice(["", "import_paths: [extra]\n"])}
        for name in names:
            group = self.chance.choice(["input", "output", "retrieval", "config", "dialog"])
            files[name] = self.chance.choice([f"rails: {{{group}: {{flows: [{self.chance.choice(['a', 'regex check input', 'check it'])}]}}}}\n", "rails: {}\n", "tracing: {enabled: true}\n",
                                              "rails: {dialog: {single_call: {enabled: true}}}\ntracing: {enabled: false}\n", "colang_version: '2.x'\n"])
        files["cfg/main.co"] = self.chance.choice(["define flow a\n  user b\n  bot c\n", "flow a\n  bot say \"x\"\n", "flow main\n  # todo\n"])
        return files
