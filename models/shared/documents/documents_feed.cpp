#include "models/shared/documents/documents_feed.h"

#include "backend/base/on_result.h"
#include "backend/documents/document_service.h"
#include "backend/language/document.h"
#include "backend/language/tree_text.h"
#include "models/shared/documents/attached_files.h"
#include "models/shared/documents/document_completion.h"
#include "models/shared/documents/dry_run.h"
#include "models/shared/documents/new_step.h"
#include "models/text/fault_words.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    DocumentRow rowOf(const DocumentIdentifier &document)
    {
        DocumentRow row;
        row.name = document.name;
        row.displayName = document.displayName;
        row.type = document.documentType;
        row.owner = document.owner;
        row.format = document.documentFormat;
        row.schemaVersion = document.schemaVersion;
        row.defaultVersion = document.documentVersion;
        row.platforms = document.platformTypes;
        row.created = document.createdDate;
        for (const DocumentTag &tag : document.tags)
            row.tags << tag.key + u'=' + tag.value;
        return row;
    }

    Result<QList<DocumentRow>> allDocuments(Engine &engine)
    {
        const auto documents = engine.documents().allDocuments(engine.atConsole());
        if (!documents)
            return documents.error();
        QList<DocumentRow> rows;
        for (const DocumentIdentifier &document : *documents)
            rows << rowOf(document);
        return rows;
    }

    Result<DocumentText> wholeText(Engine &engine, const QString &name, const QString &version)
    {
        const DocumentReference reference {.name = name, .documentVersion = version};
        const auto content = engine.documents().getDocument(engine.atConsole(), reference);
        if (!content)
            return content.error();
        const auto described = engine.documents().describeDocument(engine.atConsole(), reference);
        if (!described)
            return described.error();
        DocumentText text;
        text.name = content->name;
        text.type = content->documentType;
        text.format = content->documentFormat;
        text.version = content->documentVersion;
        text.versionName = content->versionName;
        text.content = content->content;
        text.latestVersion = described->latestVersion;
        text.defaultVersion = described->defaultVersion;
        text.description = described->description;
        text.hash = described->hash;
        text.failure = described->statusInformation;
        text.isFetching = described->status == u"Creating" || described->status == u"Updating";
        for (const AttachmentContent &file : content->attachmentsContent)
            text.files.append({file.name, file.size, file.hash});
        text.isBuiltIn = described->owner == u"Amazon";
        for (const DocumentParameterInfo &parameter : described->parameters)
            text.parameters.append(
                {parameter.name, parameter.type, parameter.description, parameter.defaultValue});
        return text;
    }

    Result<DocumentSaved> create(Engine &engine, const DocumentEdit &edit)
    {
        CreateDocumentRequest request;
        request.name = edit.name;
        request.content = edit.content;
        request.documentType = edit.type;
        request.documentFormat = edit.format;
        request.versionName = edit.versionName;
        return engine.documents()
            .createDocument(engine.atConsole(), request)
            .map([](const DocumentDescription &made) {
                return DocumentSaved {made.documentVersion, {}};
            });
    }

    Result<DocumentSaved> update(Engine &engine, const DocumentEdit &edit)
    {
        UpdateDocumentRequest request;
        request.name = edit.name;
        request.content = edit.content;
        request.documentFormat = edit.format;
        request.versionName = edit.versionName;
        request.documentVersion
            = edit.basedOn; // refused when it is not the latest any more (spec/documents.md 7)
        const auto files = keptFiles(engine, edit.name, edit.basedOn);
        if (!files)
            return files.error();
        request.attachments = *files;
        const auto made = engine.documents().updateDocument(engine.atConsole(), request);
        if (!made)
            return made.error();
        DocumentSaved saved {made->documentVersion, {}};
        if (edit.makeDefault) {
            const auto set = engine.documents().updateDocumentDefaultVersion(
                engine.atConsole(), {.name = edit.name, .documentVersion = made->documentVersion});
            if (!set)
                saved.defaultProblem = shownErrorOf(set.error());
        }
        return saved;
    }

    template <typename T>
    ShownError problemOf(const Result<T> &result)
    {
        return result ? ShownError() : shownErrorOf(result.error());
    }
}

DocumentsFeed::DocumentsFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine) { }

void DocumentsFeed::start(News news)
{
    m_news = std::move(news);
    if (!std::exchange(m_isFollowing, true)) {
        const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
            connect(&engine.documents(), &DocumentService::documentChanged, this, &DocumentsFeed::readAll);
            connect(&engine.documents(), &DocumentService::documentDeleted, this,
                    [this](const QString &name) { m_news.removed({name}); });
            return {};
        });
        onResult(followed, this, [](const Result<void> &) {});
    }
    readAll();
}

void DocumentsFeed::readAll()
{
    m_isStale = m_isReading;
    if (std::exchange(m_isReading, true))
        return;
    onResult(m_engine.post(allDocuments), this, [this](const Result<QList<DocumentRow>> &rows) {
        m_isReading = false;
        if (!rows)
            return m_news.failed(shownErrorOf(rows.error()));
        m_news.arrived(*rows);
        m_news.complete(false);
        if (m_isStale)
            readAll();
    });
}

void DocumentsFeed::read(const QString &name, const QString &version, Done<DocumentText> done)
{
    const auto asked
        = m_engine.post([name, version](Engine &engine) { return wholeText(engine, name, version); });
    onResult(asked, this, [done = std::move(done)](const Result<DocumentText> &text) {
        done(problemOf(text), text ? *text : DocumentText());
    });
}

void DocumentsFeed::readVersions(const QString &name, Done<QList<DocumentVersionRow>> done)
{
    using Rows = QList<DocumentVersionRow>;
    const auto asked = m_engine.post([name](Engine &engine) -> Result<Rows> {
        Rows rows;
        ListDocumentVersionsRequest request {.name = name};
        do {
            const auto page = engine.documents().listDocumentVersions(engine.atConsole(), request);
            if (!page)
                return page.error();
            for (const DocumentVersionInfo &version : page->documentVersions)
                rows.append({version.documentVersion, version.versionName, version.documentFormat,
                             version.status, version.createdDate, version.isDefaultVersion});
            request.nextToken = page->nextToken;
        } while (!request.nextToken.isEmpty());
        return rows;
    });
    onResult(asked, this, [done = std::move(done)](const Result<Rows> &rows) {
        done(problemOf(rows), rows ? *rows : Rows());
    });
}

void DocumentsFeed::save(const DocumentEdit &edit, Done<DocumentSaved> done)
{
    const auto asked = m_engine.post([edit](Engine &engine) {
        return edit.basedOn.isEmpty() ? create(engine, edit) : update(engine, edit);
    });
    onResult(asked, this, [done = std::move(done)](const Result<DocumentSaved> &saved) {
        done(problemOf(saved), saved ? *saved : DocumentSaved());
    });
}

void DocumentsFeed::changeFiles(const DocumentFilesEdit &edit, Done<DocumentSaved> done)
{
    onResult(saveFiles(m_engine, edit), this, [done = std::move(done)](const Result<DocumentSaved> &saved) {
        done(problemOf(saved), saved ? *saved : DocumentSaved());
    });
}

void DocumentsFeed::setDefault(const QString &name, const QString &version, Done<> done)
{
    const auto asked = m_engine.post([name, version](Engine &engine) -> Result<void> {
        return engine.documents()
            .updateDocumentDefaultVersion(engine.atConsole(), {.name = name, .documentVersion = version})
            .map([](const DefaultVersionDescription &) {});
    });
    onResult(asked, this, [done = std::move(done)](const Result<void> &set) { done(problemOf(set)); });
}

std::optional<QString> DocumentsFeed::convert(const QString &content, const QString &from, const QString &to)
{
    const TreeResult tree = from == u"JSON" ? parseJson(toStd(content)) : parseYaml(toStd(content));
    if (!tree)
        return std::nullopt;
    return toQString(to == u"JSON" ? toPrettyJson(*tree) : toYaml(*tree));
}

void DocumentsFeed::remove(const QString &name, const QString &version, Done<> done)
{
    const auto asked = m_engine.post([name, version](Engine &engine) -> Result<void> {
        return engine.documents().deleteDocument(engine.atConsole(),
                                                 {.name = name, .documentVersion = version});
    });
    onResult(asked, this, [done = std::move(done)](const Result<void> &gone) { done(problemOf(gone)); });
}

DocumentCompletions DocumentsFeed::completions(const DocumentEdit &edit, qsizetype position)
{
    return edit.type == u"Command" ? documentCompletions(edit.content, position) : DocumentCompletions();
}

QList<StepPlugin> DocumentsFeed::plugins() { return stepPlugins(); }

std::optional<QString> DocumentsFeed::addStep(const DocumentEdit &edit, const NewStep &step)
{
    return withNewStep(edit.content, edit.format, step);
}

DryRun DocumentsFeed::dryRun(const DocumentEdit &edit, const QMap<QString, QStringList> &values,
                             const QString &platform)
{
    return dryRunOf(edit, values, platform);
}

QList<DocumentProblem> DocumentsFeed::check(const DocumentEdit &edit)
{
    const auto format = documentFormatNamed(toStd(edit.format)).value_or(DocumentFormat::Yaml);
    const auto type = documentTypeNamed(toStd(edit.type)).value_or(DocumentType::Command);
    const DocumentCheck found = checkDocument(toStd(edit.content), format, type);
    QList<DocumentProblem> problems;
    const auto add = [&problems](const std::vector<Problem> &faults, bool isWarning) {
        for (const Problem &fault : faults)
            problems.append({fault.mark.line, fault.mark.column,
                             (fault.path.empty() ? QString() : toQString(fault.path) + QStringLiteral(": "))
                                 + FaultWords::of(fault.fault),
                             isWarning});
    };
    add(found.problems, false);
    add(found.warnings, true);
    std::stable_sort(problems.begin(), problems.end(),
                     [](const DocumentProblem &a, const DocumentProblem &b) { return a.line < b.line; });
    return problems;
}

}
