#include "agent/plugins/configure_docker.h"

#include "agent/platform/user_account.h"
#include "agent/plugins/script_environment.h"

#include <fmt/format.h>

namespace fb::agent {

namespace {

    // Ours from the first to the last letter: nothing of a document comes into it. Its one argument is Install or Uninstall.
    constexpr const char *kScript = R"(set -e
has() { command -v "$1" >/dev/null 2>&1; }
if [ "$1" = Install ]; then
    if has docker; then
        echo "docker is installed already"
    elif has apt-get; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get -q update
        apt-get -q -y --no-install-recommends install docker.io
    elif has dnf; then
        dnf -q -y install docker || dnf -q -y install podman-docker
    elif has yum; then
        yum -q -y install docker || yum -q -y install podman-docker
    elif has zypper; then
        zypper --non-interactive install docker || zypper --non-interactive install podman-docker
    else
        echo "none of apt-get, dnf, yum and zypper is installed" >&2
        exit 1
    fi
    if ! has systemctl; then
        echo "docker is installed, but systemctl is not: its service was not enabled" >&2
        exit 1
    fi
    unit=docker.service
    systemctl cat docker.service >/dev/null 2>&1 || unit=podman.socket
    systemctl enable --now "$unit"
    exit 0
fi
if has systemctl && systemctl cat docker.service >/dev/null 2>&1; then
    systemctl disable --now docker.service docker.socket 2>/dev/null || systemctl disable --now docker.service
fi
if has apt-get; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get -q -y remove docker.io
elif has dnf; then
    dnf -q -y remove docker podman-docker
elif has yum; then
    yum -q -y remove docker podman-docker
elif has zypper; then
    for name in docker podman-docker; do
        ! rpm -q "$name" >/dev/null 2>&1 || zypper --non-interactive remove "$name"
    done
else
    echo "none of apt-get, dnf, yum and zypper is installed" >&2
    exit 1
fi
)";

}

Result<PreparedProcess> ConfigureDocker::prepare(const StepSetting &setting) const
{
    const Tree *given = setting.step.step.inputs.find("action");
    const std::string action = given ? given->text() : std::string();
    if (action != "Install" && action != "Uninstall")
        return makeError(errors::kInvalidParameters,
                         fmt::format("action is \"{}\"; it must be Install or Uninstall", action), "action");
    if (!runsAsRoot())
        return makeError(
            errors::kAccessDenied,
            fmt::format("aws:configureDocker installs packages, which needs root; this agent runs as {}",
                        ownAccount().name));
    PreparedProcess prepared;
    auto environment = scriptEnvironment(setting);
    if (!environment)
        return environment.error();
    prepared.request.environment = *std::move(environment);
    prepared.request.program = "/bin/sh";
    prepared.request.arguments = {"sh", "-c", kScript, "configure-docker", action};
    prepared.request.workingDirectory = setting.invocation.path().string();
    prepared.meaning = ExitMeaning::Plain;
    return prepared;
}

}
