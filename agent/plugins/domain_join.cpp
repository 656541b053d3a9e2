#include "agent/plugins/domain_join.h"

#include "agent/platform/program_search.h"
#include "agent/platform/user_account.h"
#include "agent/plugins/script_environment.h"
#include "backend/language/tree_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <sys/mman.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    struct DomainCredentials {
        std::string username;
        std::string password;
    };

    std::string inputText(const Step &step, std::string_view name)
    {
        const Tree *given = step.inputs.find(name);
        return given && given->isScalar() ? given->text() : std::string();
    }

    Error wrong(std::string message, std::string_view field)
    {
        return makeError(errors::kInvalidParameters, std::move(message), std::string(field));
    }

    // A DNS name, in lower or upper case.
    bool isDomain(std::string_view name)
    {
        return !name.empty() && name.size() <= 253 && name.front() != '-' && name.front() != '.'
            && std::ranges::all_of(name, [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                       || c == '-' || c == '.';
               });
    }

    // A map {username, password}, or its JSON text; both empty where there is none.
    Result<DomainCredentials> credentialsOf(const Step &step)
    {
        const Tree *given = step.inputs.find("credentials");
        Tree fields = given ? *given : Tree::map();
        if (fields.isString()) {
            auto parsed = fields.text().empty() ? TreeResult(Tree::map()) : parseJson(fields.text());
            if (!parsed)
                return wrong("credentials is no JSON", "credentials"); // and its text is not repeated
            fields = *std::move(parsed);
        }
        if (!fields.isMap())
            return wrong("credentials must be a map with username and password", "credentials");
        DomainCredentials credentials;
        for (const TreeMember &member : fields.members()) {
            if (member.key != "username" && member.key != "password")
                return wrong(
                    fmt::format("credentials.{} is not known; username and password are", member.key),
                    "credentials");
            if (member.value.text().find("ssm-secure:") != std::string::npos
                && member.value.text().find("{{") != std::string::npos)
                return wrong(
                    fmt::format("credentials.{} names a SecureString, and this fleet has no Parameter Store",
                                member.key),
                    "credentials");
            (member.key == "username" ? credentials.username : credentials.password) = member.value.text();
        }
        const bool isSound = credentials.username.empty() == credentials.password.empty()
            && !credentials.username.starts_with('-') && credentials.username.find('\0') == std::string::npos
            && credentials.password.find_first_of(std::string_view("\0\n", 2)) == std::string::npos;
        if (!isSound)
            return wrong("credentials needs username and password, each one line", "credentials");
        return credentials;
    }

    // A file without a name, at its beginning.
    Result<int> memoryFile(const std::string &bytes)
    {
        const int fd = ::memfd_create("input", MFD_CLOEXEC);
        const bool written = fd >= 0
            && ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())
            && ::lseek(fd, 0, SEEK_SET) == 0;
        if (!written)
            return systemError("keep", "the password", errno);
        return fd;
    }

}

Result<PreparedProcess> DomainJoin::prepare(const StepSetting &setting) const
{
    const Step &step = setting.step.step;
    const std::string domain = inputText(step, "directoryName");
    if (!isDomain(domain))
        return wrong(fmt::format("directoryName is \"{}\", which is no domain name", domain),
                     "directoryName");
    const auto credentials = credentialsOf(step);
    if (!credentials)
        return credentials.error();
    const auto realm = findProgram("realm");
    if (!realm)
        return makeError(errors::kServiceUnavailable, "realm is not installed (package realmd)");
    if (!runsAsRoot())
        return makeError(errors::kAccessDenied,
                         fmt::format("aws:domainJoin needs root; this agent runs as {}", ownAccount().name));
    PreparedProcess prepared;
    auto environment = scriptEnvironment(setting);
    if (!environment)
        return environment.error();
    prepared.request.environment = *std::move(environment);
    prepared.request.program = *realm;
    prepared.request.arguments = {"realm", "join", "--verbose", "--unattended"};
    if (const std::string unit = inputText(step, "directoryOU"); !unit.empty())
        prepared.request.arguments.push_back("--computer-ou=" + unit);
    if (credentials->username.empty()) {
        prepared.request.arguments.emplace_back("--no-password");
    } else {
        prepared.request.arguments.push_back("--user=" + credentials->username);
        const auto input = memoryFile(credentials->password + "\n");
        if (!input)
            return input.error();
        prepared.input = std::make_shared<const UniqueFd>(*input);
        prepared.request.input = *input;
    }
    prepared.request.arguments.push_back(domain);
    prepared.request.workingDirectory = setting.invocation.path().string();
    if (const Tree *servers = step.inputs.find("dnsIpAddresses");
        servers && !(servers->isScalar() && servers->text().empty()))
        prepared.note = "dnsIpAddresses are not set here: the node's own resolver must know the domain";
    prepared.meaning = ExitMeaning::Plain;
    return prepared;
}

}
