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
