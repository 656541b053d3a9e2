#include "agent/downloads/sources.h"
#include "agent/platform/program_search.h"
#include "agent/platform/spawn.h"
#include "backend/core/byte_encoding.h"
#include "backend/download/http_client.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <memory>
#include <unistd.h>

namespace fb::agent {

using namespace download;

namespace {

    constexpr std::string_view kKeyName = "ssh-key";

    Error wrong(std::string message) { return makeError(errors::kInvalidParameters, std::move(message)); }

    // https://host/..., ssh://[user@]host/..., user@host:path. What is left out: file://, paths, and git's own helpers (ext::).
    Result<void> checkRepository(const std::string &repository)
    {
        const auto isHostStart = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '[';
        };
        const bool hasControls
            = std::ranges::any_of(repository, [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
        const auto refused = [&](std::string_view why) {
            return wrong(fmt::format(
                "sourceInfo.repository: {} {}; it must be https://..., ssh://... or user@host:path",
                withoutSecrets(repository), why));
        };
        if (hasControls)
            return refused("holds blanks");
        if (repository.starts_with("http://"))
            return refused("is not encrypted");
        const bool isHttps = repository.starts_with("https://");
        if (isHttps || repository.starts_with("ssh://")) {
            const std::string_view rest = std::string_view(repository).substr(isHttps ? 8 : 6);
            const std::string_view server = rest.substr(0, rest.find('/'));
            const size_t at = server.rfind('@');
            if (isHttps && at != std::string_view::npos)
                return refused("holds a user; username and password have fields of their own");
            const std::string_view host = at == std::string_view::npos ? server : server.substr(at + 1);
            if (host.empty() || !isHostStart(host.front())
                || (at != std::string_view::npos && server.front() == '-'))
                return refused("names no host");
            return {};
        }
        const size_t at = repository.find('@');
        const size_t colon = repository.find(':');
        const bool isScpLike = at != std::string::npos && at > 0 && colon != std::string::npos
            && colon > at + 1 && colon + 1 < repository.size() && repository.find("::") == std::string::npos
            && repository.find("://") == std::string::npos && isHostStart(repository.front())
            && isHostStart(repository[at + 1]) && repository.find('/') > colon;
        if (!isScpLike)
            return refused("is not taken");
        return {};
    }

    // The key in its file, gone with it.
    class SshKeyFile
    {
    public:
        static Result<std::unique_ptr<SshKeyFile>> write(const PrivateFolder &folder, std::string key)
        {
            if (!key.ends_with('\n'))
                key.push_back('\n'); // ssh takes no key without it
            if (auto written = folder.write(kKeyName, key, Durability::WhenWritten, 0600); !written)
                return written.error();
            return std::make_unique<SshKeyFile>(folder);
        }
        explicit SshKeyFile(const PrivateFolder &folder) : m_folder(folder) { }
        ~SshKeyFile() { m_folder.remove(kKeyName); }
        SshKeyFile(const SshKeyFile &) = delete;
        SshKeyFile &operator=(const SshKeyFile &) = delete;
        std::string path() const { return (m_folder.path() / kKeyName).string(); }

    private:
        const PrivateFolder &m_folder;
    };

    std::string shellQuoted(const std::string &text)
    {
        std::string quoted = "'";
        for (const char c : text)
            quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
        return quoted + "'";
    }

    std::string sshCommand(const SshKeyFile *key, bool skipsHostKey)
    {
        std::string command = "ssh -o BatchMode=yes";
        command += skipsHostKey ? " -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
                                : " -o StrictHostKeyChecking=yes";
        if (key)
            command
                += " -o IdentitiesOnly=yes -i " + shellQuoted(key->path()); // git gives this text to a shell
        return command;
    }

    class GitProgram
    {
    public:
        GitProgram(std::string program, const StagedTree &staged)
            : m_program(std::move(program)),
              m_folder(staged.folder())
        {
            for (char **entry = environ; entry && *entry; ++entry) {
                const std::string_view text(*entry);
                const size_t equals = std::min(text.find('='), text.size());
                const std::string_view name = text.substr(0, equals);
                if (!name.starts_with("GIT_") && !name.starts_with("FLAGBRIDGE_S3_") && equals < text.size())
                    m_environment[std::string(name)] = text.substr(equals + 1);
            }
            set("GIT_TERMINAL_PROMPT", "0");
            set("GIT_ALLOW_PROTOCOL", "https:ssh");
            if (const char *authorities = std::getenv("SSL_CERT_FILE"))
                set("GIT_SSL_CAINFO", authorities);
        }

        void set(const std::string &name, std::string value) { m_environment[name] = std::move(value); }

        Result<void> run(std::vector<std::string> arguments) const
        {
            const std::string verb = arguments.front();
            arguments.insert(arguments.begin(), "git");
            SpawnRequest request {.program = m_program, .arguments = std::move(arguments)};
            for (const auto &[name, value] : m_environment)
                request.environment.push_back(fmt::format("{}={}", name, value));
            request.workingDirectory = m_folder.path().string();
            request.output = 1;
            request.error = 2;
            request.newSession = false;
            // A time-out ends git first; what it leaves behind is still to be cleared away here.
            const auto before = std::signal(SIGTERM, SIG_IGN);
            const auto pid = spawnProgram(request);
            int status = 0;
            if (pid)
                while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) { }
            std::signal(SIGTERM, before);
            if (!pid)
                return pid.error();
            if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
                return {};
            return makeError(errors::kServiceUnavailable,
                             WIFSIGNALED(status)
                                 ? fmt::format("git {} was ended by signal {}", verb, WTERMSIG(status))
                                 : fmt::format("git {} failed with {}", verb, WEXITSTATUS(status)));
        }

    private:
        std::string m_program;
        const PrivateFolder &m_folder;
        std::map<std::string, std::string> m_environment;
    };

    // A single file of git's beyond the limit ends it. What all of them have together is counted afterwards.
    void limitFileSizes(uint64_t bytes)
    {
        rlimit limit {};
        if (::getrlimit(RLIMIT_FSIZE, &limit) == 0) {
            limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, bytes);
            ::setrlimit(RLIMIT_FSIZE, &limit);
        }
    }

}

Result<Fetched> fetchGit(const SourceInfo &info, const PrivateFolder &scratch, StagedTree &staged)
{
    constexpr std::array<std::string_view, 1> kRequired {"repository"};
    constexpr std::array<std::string_view, 5> kOptional {"getOptions", "privateSSHKey", "skipHostKeyChecking",
                                                         "username", "password"};
    if (auto checked = info.check(kRequired, kOptional); !checked)
        return checked.error();
    const std::string repository = info.text("repository");
    if (auto checked = checkRepository(repository); !checked)
        return checked.error();
    const auto revision = gitRevision(info.text("getOptions"));
    if (!revision)
        return revision.error();
    const auto skipsHostKey = info.flag("skipHostKeyChecking");
    if (!skipsHostKey)
        return skipsHostKey.error();
    const auto program = findProgram("git");
    if (!program)
        return makeError(errors::kServiceUnavailable, "git is not installed");

    std::unique_ptr<SshKeyFile> key;
    if (const std::string text = info.text("privateSSHKey"); !text.empty()) {
        auto written = SshKeyFile::write(scratch, text);
        if (!written)
            return written.error();
        key = *std::move(written);
    }
    GitProgram git(*program, staged);
    git.set("GIT_SSH_COMMAND", sshCommand(key.get(), *skipsHostKey));
    if (!info.text("username").empty() && repository.starts_with("https://")) {
        // In the environment of git alone: an argument would stand in every list of processes.
        const std::string server = repository.substr(0, repository.find('/', 8));
        // git would take the header to whatever host a redirect names.
        git.set("GIT_CONFIG_COUNT", "2");
        git.set("GIT_CONFIG_KEY_1", "http.followRedirects");
        git.set("GIT_CONFIG_VALUE_1", "false");
        git.set("GIT_CONFIG_KEY_0", fmt::format("http.{}/.extraHeader", server));
        git.set("GIT_CONFIG_VALUE_0",
                "Authorization: Basic " + toBase64(info.text("username") + ":" + info.text("password")));
    }
    limitFileSizes(staged.limits().bytes);

    std::vector<std::string> clone {"clone", "--quiet", "--template=", "--no-tags"};
    if (revision->commit.empty())
        clone.insert(clone.end(), {"--depth=1", "--single-branch"});
    else
        clone.emplace_back("--no-checkout"); // any commit may be meant: the whole history
    if (!revision->branch.empty())
        clone.push_back("--branch=" + revision->branch);
    clone.insert(clone.end(), {"--", repository, "."});
    if (auto cloned = git.run(std::move(clone)); !cloned)
        return cloned.error();
    if (!revision->commit.empty()) {
        if (auto found = git.run({"checkout", "--quiet", "--detach", revision->commit, "--"}); !found)
            return found.error();
    }
    staged.folder().removeTree(".git");
    if (auto taken = staged.takeUp(); !taken)
        return taken.error();
    return Fetched {DownloadKind::Folder, {}};
}

}
