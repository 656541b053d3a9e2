#include "tests/support/models/fake_documents_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QString FakeDocumentsSource::sampleContent()
{
    return u"schemaVersion: \"2.2\"\ndescription: Patches the web tier, one node after the "
           u"other\nparameters:\n  "
           "Operation:\n    type: String\n    description: Scan only, or install too\n    allowedValues: "
           "[Scan, "
           "Install]\n    default: Scan\nmainSteps:\n  - action: aws:runShellScript\n    name: drain\n    "
           "inputs:\n    "
           "  runCommand:\n        - nginx -s quit\n        - echo \"{{ Operation }} begins\"  # for the log\n"_s;
}

QList<DocumentRow> FakeDocumentsSource::sample(Instant now)
{
    const auto row
        = [now](const QString &name, const QString &type, bool builtIn, const QString &format, int version) {
              DocumentRow document;
              document.name = name;
              document.type = type;
              document.owner = builtIn ? u"Amazon"_s : u"000000000000"_s;
              document.format = format;
              document.schemaVersion = type == u"Session" ? u"1.0"_s : u"2.2"_s;
              document.defaultVersion = QString::number(version);
              document.platforms = {u"Linux"_s};
              document.created = now - std::chrono::days(version * 3);
              return document;
          };
    QList<DocumentRow> rows {row(u"AWS-RunShellScript"_s, u"Command"_s, true, u"JSON"_s, 1),
                             row(u"AWS-RunDocument"_s, u"Command"_s, true, u"JSON"_s, 1),
                             row(u"AWS-UpdateSSMAgent"_s, u"Command"_s, true, u"JSON"_s, 1),
                             row(u"AWS-ConfigureDocker"_s, u"Command"_s, true, u"JSON"_s, 1),
                             row(u"AWS-StartInteractiveCommand"_s, u"Session"_s, true, u"JSON"_s, 1),
                             row(u"SSM-SessionManagerRunShell"_s, u"Session"_s, false, u"JSON"_s, 2),
                             row(u"Fb-PatchWebTier"_s, u"Command"_s, false, u"YAML"_s, 4),
                             row(u"Fb-RotateLogs"_s, u"Command"_s, false, u"YAML"_s, 1),
                             row(u"AWS-StartSSHSession"_s, u"Session"_s, true, u"JSON"_s, 1)};
    rows[0].platforms = {u"Linux"_s, u"MacOS"_s};
    rows[6].tags = {u"team=web"_s};
    return rows;
}

void FakeDocumentsSource::read(const QString &name, const QString &version, Done<DocumentText> done)
{
    later([this, name, version, done] {
        DocumentText text;
        for (const DocumentRow &row : std::as_const(values)) {
            if (row.name != name)
                continue;
            const QStringList &all
                = contents[name].isEmpty() ? contents[name] = {sampleContent()} : contents[name];
            const int latest = static_cast<int>(all.size());
            const int standard = defaults.value(name, latest);
            const int wanted = version.isEmpty() ? standard
                : version == u"$LATEST"          ? latest
                                                 : version.toInt();
            text.name = name;
            text.type = row.type;
            text.format = row.format;
            text.version = QString::number(wanted);
            text.latestVersion = QString::number(latest);
            text.defaultVersion = QString::number(standard);
            text.content = all.value(wanted - 1);
            text.description = u"Patches the web tier, one node after the other"_s;
            text.hash = u"9f3c"_s.repeated(16);
            text.isBuiltIn = row.isBuiltIn();
            text.files = files.value(name + u'/' + text.version);
            text.failure = failure;
            text.isFetching = fetching.contains(name + u'/' + text.version);
            text.parameters = {{u"Operation"_s, u"String"_s, u"Scan only, or install too"_s, u"Scan"_s}};
            return done({}, text);
        }
        done({.kind = ShownError::Kind::NotFound,
              .code = u"InvalidDocument"_s,
              .message = u"gone"_s,
              .field = {}},
             text);
    });
}

void FakeDocumentsSource::readVersions(const QString &name, Done<QList<DocumentVersionRow>> done)
{
    later([this, name, done] {
        QList<DocumentVersionRow> rows;
        const int count = qMax(1, static_cast<int>(contents.value(name).size()));
        for (int version = count; version >= 1; --version) {
            if (gone.contains(name + u'/' + QString::number(version)))
                continue;
            rows.append({QString::number(version), version == 2 ? u"drain-first"_s : QString(), u"YAML"_s,
                         u"Active"_s, now() - std::chrono::hours(24 * (count - version) + 2),
                         version == defaults.value(name, count)});
        }
        done({}, rows);
    });
}

void FakeDocumentsSource::save(const DocumentEdit &edit, Done<DocumentSaved> done)
{
    later([this, edit, done] {
        if (refusal)
            return done(*std::exchange(refusal, std::nullopt), {});
        saves << edit;
        if (contents[edit.name].isEmpty() && !edit.basedOn.isEmpty())
            contents[edit.name] = {sampleContent()};
        contents[edit.name] << edit.content;
        const auto version = static_cast<int>(contents[edit.name].size());
        if (edit.makeDefault)
            defaults[edit.name] = version;
        DocumentRow row;
        row.name = edit.name;
        row.type = edit.type;
        row.format = edit.format;
        row.owner = u"000000000000"_s;
        row.defaultVersion = QString::number(defaults[edit.name]);
        bool known = false;
        for (DocumentRow &one : values) {
            if (one.name == edit.name) {
                one = row;
                known = true;
            }
        }
        if (!known)
            values << row;
        news.arrived({row});
        done({},
             {QString::number(version), std::exchange(defaultRefusal, std::nullopt).value_or(ShownError())});
    });
}

void FakeDocumentsSource::changeFiles(const DocumentFilesEdit &edit, Done<DocumentSaved> done)
{
    later([this, edit, done] {
        if (refusal)
            return done(*std::exchange(refusal, std::nullopt), {});
        fileChanges << edit;
        QStringList &texts = contents[edit.name];
        if (texts.isEmpty())
            texts = {sampleContent()};
        QList<DocumentFileRow> kept;
        for (const DocumentFileRow &file : files.value(edit.name + u'/' + edit.basedOn)) {
            if (!edit.removed.contains(file.name))
                kept << file;
        }
        for (const QString &path : edit.added)
            kept << DocumentFileRow {path.section(u'/', -1), 1536, u"5e"_s.repeated(32)};
        for (const RemoteFiles &remote : edit.fetched)
            kept << DocumentFileRow {remote.name.isEmpty() ? u"of-a-folder.txt"_s : remote.name, 512,
                                     u"7d"_s.repeated(32)};
        texts << texts.last();
        const QString version = QString::number(texts.size());
        if (edit.fetched.isEmpty()) {
            files.insert(edit.name + u'/' + version, kept);
        } else {
            fetching.insert(edit.name + u'/' + version);
            onTheirWay = kept;
        }
        done({}, {version, {}});
    });
}

void FakeDocumentsSource::filesCame(const QString &nameAndVersion, const QString &why)
{
    fetching.remove(nameAndVersion);
    failure = why;
    if (why.isEmpty())
        files.insert(nameAndVersion, onTheirWay);
    news.arrived({});
}

void FakeDocumentsSource::setDefault(const QString &name, const QString &version, Done<> done)
{
    later([this, name, version, done] {
        defaults[name] = version.toInt();
        done({});
    });
}

std::optional<QString> FakeDocumentsSource::convert(const QString &content, const QString &,
                                                    const QString &to)
{
    if (content.contains(u"wrong"))
        return std::nullopt;
    return to == u"JSON" ? u"{"_s + content + u"}"_s : content.mid(1, content.size() - 2);
}

void FakeDocumentsSource::remove(const QString &name, const QString &version, Done<> done)
{
    later([this, name, version, done] {
        if (!version.isEmpty()) {
            gone.insert(name + u'/' + version);
            return done({});
        }
        values.removeIf([&](const DocumentRow &row) { return row.name == name; });
        news.removed({name});
        done({});
    });
}

DocumentCompletions FakeDocumentsSource::completions(const DocumentEdit &edit, qsizetype position)
{
    const qsizetype from = edit.content.lastIndexOf(u' ', position - 1) + 1;
    const QString begun = edit.content.mid(from, position - from);
    DocumentCompletions found {from, {}};
    for (const QString &name : {u"aws:runShellScript"_s, u"aws:runDocument"_s}) {
        if (begun.startsWith(u"aws:"_s) && name.startsWith(begun) && name != begun)
            found.items.append({name, u"Linux, MacOS"_s});
    }
    return found;
}

QList<StepPlugin> FakeDocumentsSource::plugins()
{
    using Kind = StepInput::Kind;
    return {{u"aws:runDocument"_s,
             {u"Linux"_s, u"MacOS"_s, u"Windows"_s},
             {{u"documentType"_s, Kind::Text, true, {u"LocalPath"_s, u"SSMDocument"_s}},
              {u"documentPath"_s, Kind::Text, true, {}},
              {u"documentParameters"_s, Kind::Map, false, {}}}},
            {u"aws:runShellScript"_s,
             {u"Linux"_s, u"MacOS"_s},
             {{u"runCommand"_s, Kind::Lines, true, {}},
              {u"workingDirectory"_s, Kind::Text, false, {}},
              {u"timeoutSeconds"_s, Kind::Number, false, {}}}}};
}

std::optional<QString> FakeDocumentsSource::addStep(const DocumentEdit &edit, const NewStep &step)
{
    if (edit.content.contains(u"wrong"_s))
        return std::nullopt;
    newSteps << step;
    return edit.content + u"# "_s + step.name + u'\n';
}

DryRun FakeDocumentsSource::dryRun(const DocumentEdit &edit, const QMap<QString, QStringList> &values,
                                   const QString &platform)
{
    DryRun run;
    run.isBroken = edit.content.contains(u"wrong"_s);
    if (run.isBroken)
        return run;
    run.parameters = {{u"Operation"_s, u"Scan"_s, {u"Scan"_s, u"Install"_s}, false, false},
                      {u"commands"_s, {}, {}, true, true}};
    if (values.value(u"commands"_s).isEmpty()) {
        run.problem = u"Parameter \"commands\": a value is required."_s;
        return run;
    }
    const QString operation = values.value(u"Operation"_s, {u"Scan"_s}).value(0);
    run.steps = {{u"patch"_s,
                  u"aws:runShellScript"_s,
                  platform == u"Windows" ? DryRunStep::Outcome::Skipped : DryRunStep::Outcome::Runs,
                  platform == u"Windows" ? u"not for Windows"_s : QString(),
                  u"runCommand:\n  - patch "_s + operation + u"\n  - "_s
                      + values.value(u"commands"_s).join(u"\n  - "_s) + u'\n',
                  {u"SSM_Operation="_s + operation}}};
    return run;
}

QList<DocumentProblem> FakeDocumentsSource::check(const DocumentEdit &edit)
{
    QList<DocumentProblem> problems;
    const QStringList lines = edit.content.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].contains(u"wrong"))
            problems.append(
                {static_cast<int>(i + 1), 3, u"mainSteps[0].action: \"wrong\" is no plugin"_s, false});
        if (lines[i].contains(u"odd"))
            problems.append({static_cast<int>(i + 1), 1, u"odd"_s, true});
    }
    return problems;
}

}
