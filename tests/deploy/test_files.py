"""What deploy/ lets through, lets listen and lets out: read as the servers read it, and never more than is meant."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.base.settings import variable
from bot.channels.catalogue import CHANNELS, read_settings
from bot.channels.declared import chosen_of
from bot.channels.web.application import PATHS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CHAT = {path.replace("{code}", "*").replace("{number:int}.png", "*").replace("{number:int}", "*") for path in PATHS}
ZALO = {"/zalo": {8083}, "/zalo/anh/*": {8083}}
DOORS = {"/telegram": {8082}, "/can-bo": {8080}, "/can-bo/*": {8080}, **ZALO, **{path: {8090} for path in CHAT}}
"""The paths that are passed on, and the ports behind them: the webhooks, the staff pages, the chat page."""
WATCHED = 8081


def manifests() -> list[dict[str, Any]]:
    files = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    assert len(files) > 5
    return [each for file in files for each in yaml.safe_load_all(file.read_text(encoding="utf-8"))]


def of_kind(kind: str) -> list[dict[str, Any]]:
    found = [each for each in manifests() if each["kind"] == kind]
    assert found
    return found


COMPOSE = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: Mapping[str, dict[str, Any]] = COMPOSE["services"]


# --- Caddy


def blocks(text: str) -> list[tuple[str, Any]]:
    """A Caddyfile as lines, each with its block: (words, lines of the block or None)."""
    found: list[tuple[str, Any]] = []
    open_blocks = [found]
    for line in (each.strip() for each in text.splitlines()):
        if line == "}":
            open_blocks.pop()
        elif line.endswith("{"):
            inner: list[tuple[str, Any]] = []
            open_blocks[-1].append((line[:-1].strip(), inner))
            open_blocks.append(inner)
        elif line and not line.startswith("#"):
            open_blocks[-1].append((line, None))
    assert len(open_blocks) == 1
    return found


CADDY = blocks((DEPLOY / "Caddyfile").read_text(encoding="utf-8"))


def paths_of(site: list[tuple[str, Any]], matcher: str) -> list[str]:
    """The paths of a named matcher, whether it stands on one line or in a block."""
    for words, inner in site:
        if words.split()[:1] == [matcher]:
            lines = [words.removeprefix(matcher).strip()] if inner is None else [line for line, _ in inner]
            return [path for line in lines if line.startswith("path ") for path in line.split()[1:]]
    raise AssertionError(f"{matcher} is not defined")


def test_caddy_passes_on_the_webhook_and_the_staff_pages_and_nothing_else() -> None:
    options, site = CADDY
    assert options[0] == ""
    assert site[0] == "{$BHXH_SITE}"
    passed: dict[str, set[int]] = {}
    for words, inner in site[1]:
        proxies = [line for line, _ in inner or () if line.startswith("reverse_proxy")]
        if proxies:
            name, matcher = words.split()
            assert name == "handle", "what is passed on without a matcher"
            ports = {int(each) for line in proxies for each in re.findall(r":(\d{4,5})\b", line)}
            passed |= dict.fromkeys(paths_of(site[1], matcher), ports)
        assert not words.startswith(("reverse_proxy", "route", "php", "file_server", "redir", "import", "log"))
    assert passed == DOORS
    assert site[1][-1] == ("handle", [("respond 404", None)])


def test_caddy_leads_nowhere_but_to_the_ports_of_the_webhook_and_the_pages() -> None:
    told = COMPOSE["services"]["caddy"]["environment"]
    assert told["BHXH_WEBHOOKS"] == "bhxh-1:8082 bhxh-2:8082"
    assert told["BHXH_ZALO"] == "bhxh-1:8083 bhxh-2:8083"
    assert told["BHXH_PAGES"] == "pages:8080"
    assert told["BHXH_CHATS"] == "bhxh-1:8090 bhxh-2:8090"
    assert str(WATCHED) not in re.sub(r"^\s*#.*", "", (DEPLOY / "Caddyfile").read_text(), flags=re.MULTILINE)


# --- Compose


def test_only_caddy_is_published_and_the_state_of_the_service_listens_within_its_container() -> None:
    assert {name for name, each in SERVICES.items() if "ports" in each} == {"caddy"}
    assert SERVICES["caddy"]["ports"] == ["80:80", "443:443"]
    assert not any(each.get("network_mode") or each.get("privileged") for each in SERVICES.values())
    assert not any(variable("watch", "host") in each.get("environment", {}) for each in SERVICES.values())
    assert COMPOSE["networks"]["inner"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == ["inner"]


def test_two_processes_serve_with_nothing_to_write_to_but_a_folder_of_their_own() -> None:
    serving = {name: each for name, each in SERVICES.items() if "image" in each and name.startswith("bhxh-")}
    assert len(serving) == 2
    for each in serving.values():
        assert each["read_only"] is True
        assert each["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in each["security_opt"]
        assert "mem_limit" in each
    written = [volume for each in serving.values() for volume in each["volumes"] if not volume.endswith(":ro")]
    assert len(set(written)) == 2, "a folder serves one process"


def test_the_pages_and_the_chat_page_believe_caddy_alone_on_who_asks() -> None:
    address = SERVICES["caddy"]["networks"]["door"]["ipv4_address"]
    assert all(SERVICES[each]["environment"][variable("web", "proxy")] == address for each in ("pages", "bhxh-1"))


def test_the_pages_are_a_process_of_their_own_as_little_trusted_as_the_others() -> None:
    pages = SERVICES["pages"]
    assert pages["command"] == ["pages"]
    assert pages["environment"][variable("web", "apart")] == "true"
    assert all(
        pages[each] == SERVICES["bhxh-1"][each] for each in ("read_only", "cap_drop", "security_opt", "mem_limit")
    )
    (settings,) = (each["data"] for each in of_kind("ConfigMap") if variable("web", "apart") in each["data"])
    assert settings[variable("web", "apart")] == "true"
    assert [each["spec"]["template"]["spec"]["containers"][0]["args"] for each in of_kind("Deployment")] == [
        ["run"],
        ["pages"],
    ]


ASKED_FOR = re.compile(r"\$\{(\w+)(?::([?-]).*?)?\}")
"""A value of the file beside it, as compose reads one: «:?» ends it where there is none, «:-» has nothing then."""


@pytest.mark.parametrize(
    ("filled_in", "served"),
    [
        ((), ["web"]),
        (("TELEGRAM",), ["telegram", "web"]),
        (("ZALO",), ["web", "zalo"]),
        (("TELEGRAM", "ZALO"), ["telegram", "web", "zalo"]),
    ],
)
def test_every_channel_whose_account_is_filled_in_is_served_and_the_page_without_any(
    filled_in: tuple[str, ...], served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compose by its .env, Kubernetes by its Secret: each on an address that the door leads to."""
    account = {f"BHXH_{name}__{key}": "x" * 40 for name in filled_in for key in ("TOKEN", "WEBHOOK_TOKEN")}
    offered = re.findall(r"^(\w+)=", (DEPLOY / "compose" / "compose.env.example").read_text(), re.MULTILINE)
    assert account.keys() <= set(offered)

    def given(found: re.Match[str]) -> str:
        name, otherwise = found[1], found[2]
        return account.get(name, "" if otherwise == "-" else "x" * 40)

    (settings,) = (each["data"] for each in of_kind("ConfigMap") if variable("web", "apart") in each["data"])
    composed = {name: ASKED_FOR.sub(given, value) for name, value in SERVICES["bhxh-1"]["environment"].items()}
    for environment in (composed, {**settings, **account}):
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            read = read_settings(None)
        chosen = chosen_of(CHANNELS, read)
        assert sorted(each.name for each in chosen) == served
        for each in (read.of(one.section) for one in chosen):
            each.check()
            assert getattr(each, "webhook_host", read.web.host) == "0.0.0.0"
            assert not each.alone, "two processes serve it"


OF_CADDY = ("BHXH_SITE", "BHXH_WEBHOOKS", "BHXH_ZALO", "BHXH_PAGES", "BHXH_CHATS")


def environments() -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, each in SERVICES.items():
        yield f"compose: {name}", each.get("environment", {})
    for each in of_kind("ConfigMap"):
        yield f"kubernetes: {each['metadata']['name']}", each["data"]


def test_every_setting_that_is_given_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for where, given in environments():
        settings = {name: re.sub(r"\$\{.*?\}", "x" * 40, str(value)) for name, value in given.items()}
        with monkeypatch.context() as patch:
            for name, value in settings.items():
                if name.startswith("BHXH_") and name not in OF_CADDY:
                    patch.setenv(name, value)
            assert read_settings(None), where
    (config,) = (each["data"]["config.yaml"] for each in of_kind("ConfigMap") if "config.yaml" in each["data"])
    assert set(yaml.safe_load(config)) <= set(type(read_settings(None)).model_fields)


# --- Secrets

SECRET = re.compile(r"(?i)(?:\w+_|pg)?(?:token|secret|password)\s*[:=]\s*(.*)")
BOT_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")


def given_secrets(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.lstrip().startswith("#") and (found := SECRET.match(line.strip().removeprefix("- "))):
            yield found[1].strip().strip("\"'")


def test_no_secret_is_typed_in() -> None:
    files = [each for each in DEPLOY.rglob("*") if each.is_file() and each.suffix not in {".json", ".pyc"}]
    assert len(files) > 15
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not BOT_TOKEN.search(text), file
        typed = [each for each in given_secrets(text) if each and not each.startswith(("${", "$(", "{secretKeyRef"))]
        assert typed == [], file
        passwords = re.findall(r"://[^:/\s]*:([^@/\s]+)@", text)
        assert [each for each in passwords if not each.startswith("${")] == [], file
    assert not [each for each in manifests() if each["kind"] == "Secret"]


# --- Kubernetes


def pods() -> Iterator[dict[str, Any]]:
    for each in manifests():
        if each["kind"] == "Deployment":
            yield each["spec"]["template"]
        elif each["kind"] == "CronJob":
            yield each["spec"]["jobTemplate"]["spec"]["template"]


def test_every_pod_has_no_right_that_it_does_not_need() -> None:
    found = list(pods())
    assert len(found) == 3
    for pod in (each["spec"] for each in found):
        assert pod["automountServiceAccountToken"] is False
        assert pod["enableServiceLinks"] is False, "BHXH_… of a Service would be read as settings"
        assert not pod.keys() & {"hostNetwork", "hostPID", "hostIPC"}
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in (*pod["containers"], *pod.get("initContainers", ())):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]
            assert container["resources"]["requests"]
            assert not any("hostPort" in port for port in container.get("ports", ()))
            given = [each for each in container.get("env", ()) if SECRET.match(f"{each['name']}: ")]
            assert all("secretKeyRef" in each["valueFrom"] for each in given)


def as_caddy_has_it(path: str, kind: str) -> list[str]:
    """The paths of an ingress: a prefix is what stands there, where anything does, and what is below it."""
    assert kind in ("Exact", "Prefix")
    below = f"{path}/*"
    return [path] if kind == "Exact" else [path, below] if path in DOORS else [below]


def test_no_service_and_no_ingress_leads_to_the_state_of_the_service() -> None:
    services, (ingress,) = of_kind("Service"), of_kind("Ingress")
    ports = {each["name"]: each["port"] for service in services for each in service["spec"]["ports"]}
    assert ports == {"webhook": 8082, "zalo": 8083, "chat": 8090, "pages": 8080}
    assert all(service["spec"].get("type", "ClusterIP") == "ClusterIP" for service in services)
    (rule,) = ingress["spec"]["rules"]
    passed: dict[str, set[int]] = {}
    for path in rule["http"]["paths"]:
        port = ports[path["backend"]["service"]["port"]["name"]]
        passed |= {each: {port} for each in as_caddy_has_it(path["path"], path["pathType"])}
    assert passed == DOORS
    assert "defaultBackend" not in ingress["spec"]


def test_what_is_not_allowed_by_name_is_not_allowed_on_the_network() -> None:
    policies = {each["metadata"]["name"]: each["spec"] for each in of_kind("NetworkPolicy")}
    assert policies["nothing-else"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for pod in pods():
        labels = pod["metadata"]["labels"].items()
        assert [name for name, each in policies.items() if len(each["podSelector"].get("matchLabels", {})) > 0
                and each["podSelector"]["matchLabels"].items() <= labels]  # fmt: skip
    watchers = [
        rule["from"]
        for rule in policies["bhxh"]["ingress"]
        if WATCHED in [port["port"] for port in rule["ports"]] and len(rule["ports"]) == 1
    ]
    ingress = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress-nginx"}}}
    let_in = {
        port["port"]
        for name in ("bhxh", "pages")
        for rule in policies[name]["ingress"]
        if rule["from"] == [ingress]
        for port in rule["ports"]
    }
    assert let_in == {port for each in DOORS.values() for port in each}
    assert watchers == [[{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}]]
    assert all("from" in rule for rule in policies["bhxh"]["ingress"])


def test_the_parts_of_the_cluster_find_each_other() -> None:
    deployments = {each["metadata"]["name"]: each["spec"]["template"] for each in of_kind("Deployment")}
    for one in (*of_kind("Service"), *of_kind("PodDisruptionBudget")):
        selector, template = one["spec"]["selector"], deployments[one["metadata"]["name"]]
        assert selector.get("matchLabels", selector).items() <= template["metadata"]["labels"].items()
        listens = {each["name"] for each in template["spec"]["containers"][0]["ports"]}
        assert {each["targetPort"] for each in one["spec"].get("ports", ())} <= listens
    maps = {each["metadata"]["name"] for each in of_kind("ConfigMap")}
    for pod in pods():
        used = [each["configMap"]["name"] for each in pod["spec"]["volumes"] if "configMap" in each]
        assert set(used) <= maps
        volumes = {each["name"] for each in pod["spec"]["volumes"]}
        assert all(
            mount["name"] in volumes
            for each in (*pod["spec"]["containers"], *pod["spec"].get("initContainers", ()))
            for mount in each["volumeMounts"]
        )
    assert {each["metadata"].get("namespace", "bhxh") for each in manifests()} == {"bhxh"}


# --- The image


DOCKERFILE = (DEPLOY / "image" / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_runs_as_nobody_and_is_made_of_what_is_named() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "COPY . " not in last, "sources are in the wheel only"
    assert "--constraint /requirements.lock" in DOCKERFILE
    context = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    named = [line for line in context if line and not line.startswith(("#", "!", "**"))]
    assert named == ["*"]
    needed = {"bot", "faq", "handlers", "law", "vietnamese", "pyproject.toml", "requirements.lock", "deploy/image"}
    assert needed <= {line[1:] for line in context if line.startswith("!")}


# --- systemd


def unit(name: str) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / "systemd" / name, encoding="utf-8")
    return parser["Service"]


def test_a_unit_starts_nothing_anew_that_a_start_does_not_help() -> None:
    never = unit("bhxh.service")["RestartPreventExitStatus"].split()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\d) \| .* \| .* \|$", readme, re.MULTILINE)
    assert never == told != []


HARD = (
    "NoNewPrivileges",
    "ProtectHome",
    "PrivateTmp",
    "PrivateDevices",
    "PrivateUsers",
    "RestrictNamespaces",
    "MemoryDenyWriteExecute",
    "LockPersonality",
)


@pytest.mark.parametrize("name", ["bhxh.service", "bhxh-pages.service", "bhxh-backup.service"])
def test_a_unit_may_do_little(name: str) -> None:
    given = unit(name)
    assert {each: given.get(each) for each in HARD} == dict.fromkeys(HARD, "yes")
    assert given["ProtectSystem"] == "strict"
    assert given["CapabilityBoundingSet"] == ""
    assert given["User"] == "bhxh"
