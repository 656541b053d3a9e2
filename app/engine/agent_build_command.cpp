#include "app/engine/commands.h"
#include "app/engine/file_upload.h"

#include "backend/base/fail.h"
#include "backend/control/control_client.h"
#include "backend/core/byte_encoding.h"
#include "backend/protocol/agent_build_signature.h"
#include "backend/protocol/order_signature.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kMostKeyFile = 16 * 1024;

    const QCommandLineOption kBuildData {u"data"_s, u"Folder of the running engine."_s, u"DIR"_s};
    const QCommandLineOption kBuildJson {u"json"_s, u"Answers as one JSON line."_s};
    const QCommandLineOption kFile {u"file"_s, u"The program: one file that runs by itself."_s, u"F"_s};
    const QCommandLineOption kVersion {u"version"_s, u"Its version, as it says itself with --version."_s,
                                       u"V"_s};
    const QCommandLineOption kPlatform {u"platform"_s, u"Linux (default)."_s, u"NAME"_s};
    const QCommandLineOption kArchitecture {u"architecture"_s,
                                            u"As `uname -m` says: x86_64 (default), aarch64."_s, u"NAME"_s};

    const Usage kAdd {
        .name = u"agent-build add"_s,
        .summary = u"Publishes a build of the agent: nodes take it with the document AWS-UpdateSSMAgent."_s,
        .options = {kBuildData,
                    kFile,
                    kVersion,
                    kPlatform,
                    kArchitecture,
                    {u"signature"_s, u"File with its signature, from agent-build sign."_s, u"F"_s},
                    kBuildJson},
        .examples = u"  flagbridge-engine agent-build add --data /var/lib/flagbridge --file flagbridge-agent "
                    u"--version 1.4.0 \\\n"
                    "      --platform Linux --architecture x86_64 --signature flagbridge-agent.sig"_s,
    };
    const Usage kListBuilds {
        .name = u"agent-build list"_s,
        .summary = u"Lists the published builds, the highest version first, and the release key."_s,
        .options = {kBuildData, kBuildJson},
        .examples = u"  flagbridge-engine agent-build list --data /var/lib/flagbridge --json"_s,
    };
    const Usage kRemoveBuild {
        .name = u"agent-build remove"_s,
        .summary = u"Takes a build back: no node takes it any more. Nodes that run it go on."_s,
        .options = {kBuildData, kVersion, kPlatform, kArchitecture, kBuildJson},
        .examples = u"  flagbridge-engine agent-build remove --data /var/lib/flagbridge --version 1.4.0"_s,
    };
    const Usage kKey {
        .name = u"agent-build key"_s,
        .summary
        = u"Sets the release key: nodes that are registered from now on take builds that it has signed, and no others."_s,
        .options = {kBuildData, {u"file"_s, u"The public key: PEM or 64 hex digits."_s, u"F"_s}, kBuildJson},
        .examples
        = u"  openssl genpkey -algorithm ed25519 -out release.key      # stays where builds are made\n"
          "  openssl pkey -in release.key -pubout -out release.pub\n"
          "  flagbridge-engine agent-build key --data /var/lib/flagbridge --file release.pub"_s,
    };
    const Usage kSign {
        .name = u"agent-build sign"_s,
        .summary = u"Signs a build. Needs no engine: do it where the private key is."_s,
        .options = {{u"key"_s, u"The private key: Ed25519, PEM."_s, u"F"_s},
                    kFile,
                    kVersion,
                    kPlatform,
                    kArchitecture,
                    {u"out"_s, u"Where the signature goes (default: standard output)."_s, u"F"_s}},
        .examples = u"  flagbridge-engine agent-build sign --key release.key --file flagbridge-agent "
                    u"--version 1.4.0 \\\n"
                    "      --platform Linux --architecture x86_64 --out flagbridge-agent.sig"_s,
    };

    Result<QByteArray> readSmall(const QString &path, const QString &option)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return fail(errors::kValidation,
                        u"--%1: %2 cannot be read: %3."_s.arg(option, path, file.errorString()), option);
        QByteArray bytes = file.read(kMostKeyFile + 1);
        if (bytes.size() > kMostKeyFile)
            return fail(errors::kValidation,
                        u"--%1: %2 is longer than %3 bytes."_s.arg(option, path).arg(kMostKeyFile), option);
        return bytes;
    }

    QString valueOr(const Options &options, const QString &name, const QString &otherwise)
    {
        return options.has(name) ? options.value(name) : otherwise;
    }

    Result<wire::AgentBuild> describe(const Options &options)
    {
        for (const QString &needed : {u"file"_s, u"version"_s}) {
            if (!options.has(needed))
                return fail(errors::kValidation, u"--%1 is missing."_s.arg(needed), needed);
        }
        QFile file(options.value(u"file"_s));
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
            return fail(errors::kValidation,
                        u"--file: %1 cannot be read: %2."_s.arg(file.fileName(), file.errorString()),
                        u"file"_s);
        wire::AgentBuild build;
        build.set_version(options.value(u"version"_s).toStdString());
        build.set_platform(valueOr(options, u"platform"_s, u"Linux"_s).toStdString());
        build.set_architecture(valueOr(options, u"architecture"_s, u"x86_64"_s).toStdString());
        build.set_sha256(hash.result().toStdString());
        build.set_size(static_cast<uint64_t>(file.size()));
        if (auto sound = protocol::checkAgentBuild(build); !sound)
            return sound.error();
        return build;
    }

    ExitCode sign(const Options &options)
    {
        if (!options.has(u"key"_s))
            return usageError(u"--key F is missing: the private key that signs the build."_s);
        const auto build = describe(options);
        const auto text = readSmall(options.value(u"key"_s), u"key"_s);
        if (!build || !text)
            return usageError(QString::fromStdString((build ? text.error() : build.error()).message));
        const auto key = protocol::readReleaseSigningKey(text->toStdString());
        const auto signature = key ? protocol::signOrderText(*key, protocol::signedAgentBuildText(*build))
                                   : Result<std::string>(key.error());
        if (!signature)
            return usageError(QString::fromStdString(signature.error().message));
        const QString line = QString::fromStdString(toBase64(*signature));
        if (!options.has(u"out"_s)) {
            printText(line);
            return ExitCode::Success;
        }
        QFile out(options.value(u"out"_s));
        if (!out.open(QIODevice::WriteOnly) || out.write(line.toLatin1() + '\n') < 0 || !out.flush())
            return usageError(u"--out: %1 cannot be written: %2."_s.arg(out.fileName(), out.errorString()));
        return ExitCode::Success;
    }

    Result<QString> readSignature(const QString &path) // in base64
    {
        const auto bytes = readSmall(path, u"signature"_s);
        if (!bytes)
            return bytes.error();
        const auto signature = protocol::readAgentBuildSignature(bytes->toStdString());
        if (!signature)
            return fail(errors::kValidation, u"--signature: %1 holds no Ed25519 signature."_s.arg(path),
                        u"signature"_s);
        return QString::fromStdString(toBase64(*signature));
    }

    ExitCode add(const Options &options)
    {
        if (!options.has(u"signature"_s))
            return usageError(
                u"--signature F is missing. Make it with: flagbridge-engine agent-build sign --help"_s);
        const auto build = describe(options);
        const auto signature = readSignature(options.value(u"signature"_s));
        if (!build || !signature)
            return usageError(QString::fromStdString((build ? signature.error() : build.error()).message));
        const QJsonObject start {{u"Version"_s, QString::fromStdString(build->version())},
                                 {u"Platform"_s, QString::fromStdString(build->platform())},
                                 {u"Architecture"_s, QString::fromStdString(build->architecture())},
                                 {u"Sha256"_s, QString::fromStdString(toHex(build->sha256()))},
                                 {u"Size"_s, static_cast<qint64>(build->size())},
                                 {u"Signature"_s, *signature}};
        return withEngine(options, [&](ControlClient &engine) {
            QFile file(options.value(u"file"_s));
            if (!file.open(QIODevice::ReadOnly))
                return usageError(u"--file cannot be read: "_s + file.errorString());
            const auto added = uploadFile(engine, u"AddAgentBuild"_s, start, file);
            if (!added)
                return report(engine, added.error(), options.has(u"json"_s));
            if (options.has(u"json"_s))
                printJson(*added);
            else
                printText(u"Version %1 for %2 %3 is published."_s.arg((*added)[u"Version"].toString(),
                                                                      (*added)[u"Platform"].toString(),
                                                                      (*added)[u"Architecture"].toString()));
            return ExitCode::Success;
        });
    }

    ExitCode callAndPrint(const Options &options, const QString &operation, const QJsonObject &input,
                          const std::function<void(const QJsonObject &)> &print)
    {
        return withEngine(options, [&](ControlClient &engine) {
            const auto answer = engine.call(operation, input);
            if (!answer)
                return report(engine, answer.error(), options.has(u"json"_s));
            if (options.has(u"json"_s))
                printJson(*answer);
            else
                print(*answer);
            return ExitCode::Success;
        });
    }

    ExitCode listBuilds(const Options &options)
    {
        return callAndPrint(options, u"ListAgentBuilds"_s, {}, [](const QJsonObject &answer) {
            for (const QJsonValue &build : answer[u"AgentBuilds"].toArray())
                printText(u"%1  %2 %3  %4 bytes  %5"_s.arg(
                    build[u"Version"].toString().leftJustified(16), build[u"Platform"].toString(),
                    build[u"Architecture"].toString(), QString::number(build[u"Size"].toInteger()),
                    build[u"Sha256"].toString()));
            const QString key = answer[u"ReleaseKey"].toString();
            printText(key.isEmpty()
                          ? u"No release key is set."_s
                          : u"Release key: %1, set by %2"_s.arg(key, answer[u"ReleaseKeySetBy"].toString()));
        });
    }

    ExitCode removeBuild(const Options &options)
    {
        if (!options.has(u"version"_s))
            return usageError(
                u"--version V is missing. See: flagbridge-engine agent-build list --data DIR"_s);
        return callAndPrint(options, u"RemoveAgentBuild"_s,
                            {{u"Version"_s, options.value(u"version"_s)},
                             {u"Platform"_s, valueOr(options, u"platform"_s, u"Linux"_s)},
                             {u"Architecture"_s, valueOr(options, u"architecture"_s, u"x86_64"_s)}},
                            [](const QJsonObject &) {});
    }

    ExitCode setKey(const Options &options)
    {
        if (!options.has(u"file"_s))
            return usageError(u"--file F is missing: the public half of the key that signs builds."_s);
        const auto text = readSmall(options.value(u"file"_s), u"file"_s);
        const auto key
            = text ? protocol::readReleaseKey(text->toStdString()) : Result<std::string>(text.error());
        if (!key)
            return usageError(QString::fromStdString(key.error().message));
        return callAndPrint(options, u"SetReleaseKey"_s,
                            {{u"ReleaseKey"_s, QString::fromStdString(toHex(*key))}},
                            [](const QJsonObject &) {});
    }
}

ExitCode agentBuildCommand(const QStringList &given)
{
    struct Verb {
        const Usage *usage;
        ExitCode (*run)(const Options &);
    };
    const QMap<QString, Verb> verbs {{u"add"_s, {&kAdd, add}},
                                     {u"list"_s, {&kListBuilds, listBuilds}},
                                     {u"remove"_s, {&kRemoveBuild, removeBuild}},
                                     {u"key"_s, {&kKey, setKey}},
                                     {u"sign"_s, {&kSign, sign}}};
    const auto verb = verbs.constFind(given.value(0));
    if (verb == verbs.constEnd())
        return usageError(
            u"name what to do: add, list, remove, key or sign. See: flagbridge-engine agent-build "
            "add --help"_s);
    QStringList arguments = given.mid(1);
    if (verb.key() == u"key"_s && !arguments.isEmpty() && !arguments.constLast().startsWith(u'-')
        && !arguments.contains(u"--file"_s)) // the file alone, last
        arguments.insert(arguments.size() - 1, u"--file"_s);
    const auto parsed = Options::parse(*verb->usage, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    return verb->run(std::get<Options>(parsed));
}

QList<Usage> agentBuildUsages() { return {kAdd, kListBuilds, kRemoveBuild, kKey, kSign}; }

}
