#include "app/engine/commands.h"
#include "app/engine/file_upload.h"

#include "backend/control/control_client.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QCommandLineOption kArtifactData {u"data"_s, u"Folder of the running engine."_s, u"DIR"_s};
    const QCommandLineOption kArtifactJson {u"json"_s, u"Answers as one JSON line."_s};
    const QCommandLineOption kFolder {
        u"folder"_s, u"Folder of the artifact store: letters, digits, _ - and ."_s, u"NAME"_s};
    const QCommandLineOption kArtifactName {u"name"_s, u"Name in the folder."_s, u"NAME"_s};

    const Usage kPut {
        .name = u"artifact put"_s,
        .summary = u"Puts a file into the artifact store, for documents to attach: artifact://FOLDER/NAME."_s,
        .options = {kArtifactData,
                    kFolder,
                    {u"file"_s, u"The file, at most 1 GiB."_s, u"F"_s},
                    {u"name"_s, u"Name in the folder (default: the file's)."_s, u"NAME"_s},
                    kArtifactJson},
        .examples
        = u"  flagbridge-engine artifact put --data /var/lib/flagbridge --folder web --file app.tar.gz"_s,
    };
    const Usage kListArtifacts {
        .name = u"artifact list"_s,
        .summary = u"Lists the files of the artifact store, or those of one folder."_s,
        .options = {kArtifactData, kFolder, kArtifactJson},
        .examples = u"  flagbridge-engine artifact list --data /var/lib/flagbridge --json"_s,
    };
    const Usage kRemoveArtifact {
        .name = u"artifact remove"_s,
        .summary = u"Takes a file out of the artifact store. Documents that were made with it keep it."_s,
        .options = {kArtifactData, kFolder, kArtifactName, kArtifactJson},
        .examples
        = u"  flagbridge-engine artifact remove --data /var/lib/flagbridge --folder web --name app.tar.gz"_s,
    };

    ExitCode put(const Options &options)
    {
        if (!options.has(u"folder"_s) || !options.has(u"file"_s))
            return usageError(u"--folder NAME and --file F are needed."_s);
        QFile file(options.value(u"file"_s));
        const auto hash = hashOfFile(file, u"file"_s);
        if (!hash)
            return usageError(QString::fromStdString(hash.error().message));
        const QJsonObject start {
            {u"Folder"_s, options.value(u"folder"_s)},
            {u"Name"_s,
             options.has(u"name"_s) ? options.value(u"name"_s) : QFileInfo(file.fileName()).fileName()},
            {u"Sha256"_s, *hash},
            {u"Size"_s, file.size()}};
        return withEngine(options, [&](ControlClient &engine) {
            const auto answer = uploadFile(engine, u"PutArtifact"_s, start, file);
            if (!answer)
                return report(engine, answer.error(), options.has(u"json"_s));
            if (options.has(u"json"_s))
                printJson(*answer);
            else
                printText(u"artifact://%1/%2"_s.arg((*answer)[u"Folder"].toString(),
                                                    (*answer)[u"Name"].toString()));
            return ExitCode::Success;
        });
    }

    ExitCode listArtifacts(const Options &options)
    {
        return withEngine(options, [&](ControlClient &engine) {
            const auto answer = engine.call(u"ListArtifacts"_s, {{u"Folder"_s, options.value(u"folder"_s)}});
            if (!answer)
                return report(engine, answer.error(), options.has(u"json"_s));
            if (options.has(u"json"_s)) {
                printJson(*answer);
                return ExitCode::Success;
            }
            for (const QJsonValue &file : (*answer)[u"Artifacts"].toArray())
                printText(u"artifact://%1/%2  %3 bytes  %4"_s.arg(
                    file[u"Folder"].toString(), file[u"Name"].toString(),
                    QString::number(file[u"Size"].toInteger()), file[u"Sha256"].toString()));
            return ExitCode::Success;
        });
    }

    ExitCode removeFile(const Options &options)
    {
        if (!options.has(u"folder"_s) || !options.has(u"name"_s))
            return usageError(u"--folder NAME and --name NAME are needed."_s);
        return withEngine(options, [&](ControlClient &engine) {
            const auto answer = engine.call(
                u"RemoveArtifact"_s,
                {{u"Folder"_s, options.value(u"folder"_s)}, {u"Name"_s, options.value(u"name"_s)}});
            if (!answer)
                return report(engine, answer.error(), options.has(u"json"_s));
            if (options.has(u"json"_s))
                printJson(*answer);
            return ExitCode::Success;
        });
    }
}

ExitCode artifactCommand(const QStringList &arguments)
{
    struct Verb {
        const Usage *usage;
        ExitCode (*run)(const Options &);
    };
    const QMap<QString, Verb> verbs {{u"put"_s, {&kPut, put}},
                                     {u"list"_s, {&kListArtifacts, listArtifacts}},
                                     {u"remove"_s, {&kRemoveArtifact, removeFile}}};
    const auto verb = verbs.constFind(arguments.value(0));
    if (verb == verbs.constEnd())
        return usageError(
            u"name what to do: put, list or remove. See: flagbridge-engine artifact put --help"_s);
    const auto parsed = Options::parse(*verb->usage, arguments.mid(1));
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    return verb->run(std::get<Options>(parsed));
}

QList<Usage> artifactUsages() { return {kPut, kListArtifacts, kRemoveArtifact}; }

}
