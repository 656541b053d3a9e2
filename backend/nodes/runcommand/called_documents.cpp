#include "backend/nodes/runcommand/called_documents.h"

#include "backend/base/fail.h"
#include "backend/language/wire_document.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <map>
#include <set>
#include <tuple>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr size_t kMaxVisits = 1000; // documents that call each other in many ways

    class CalledDocumentCollector
    {
    public:
        CalledDocumentCollector(const Principal &who, CommandDocuments &documents,
                                const std::vector<wire::CalledDocument> &kept, wire::OrderBody &body)
            : m_who(who),
              m_documents(documents),
              m_body(body)
        {
            for (const wire::CalledDocument &called : kept)
                m_kept.emplace(called.reference(), called);
        }

        Result<void> visit(const Document &document, const BoundParameters &parameters, int depth)
        {
            const auto steps = resolveSteps(document, parameters);
            if (depth >= kMaxDocumentDepth || !steps)
                return {}; // the node says what is wrong with it, and nothing below it runs
            for (const ResolvedStep &resolved : *steps) {
                if (const auto call = documentCall(resolved.step)) {
                    if (auto followed = follow(*call, depth); !followed)
                        return followed;
                }
            }
            return {};
        }

    private:
        Result<void> follow(const DocumentCall &call, int depth)
        {
            const bool isNew
                = m_seen.insert({call.reference, parameterValuesToJson(call.parameters), depth}).second;
            if (!isNew || m_seen.size() > kMaxVisits)
                return {};
            auto found = m_found.find(call.reference);
            if (found == m_found.end()) {
                found = m_found.emplace(call.reference, lookUp(call)).first;
                if (auto taken = take(call.reference, found->second); !taken)
                    return taken;
            }
            if (!found->second || !found->second->document)
                return {};
            // One that is only written to disk may be run from there, with values nobody knows yet: by its defaults.
            const auto bound = bindParameters(found->second->document->parameters, call.parameters);
            return bound ? visit(*found->second->document, *bound, depth + 1) : Result<void>();
        }

        Result<SendableDocument> lookUp(const DocumentCall &call)
        {
            if (const auto kept = m_kept.find(call.reference); kept != m_kept.end())
                return sendable(kept->second);
            const DocumentCallName name = splitDocumentCall(call.reference);
            return call.runs
                ? m_documents.documentToSend(m_who, toQString(name.name), toQString(name.version), {}, {})
                : m_documents.documentToRead(m_who, toQString(name.name), toQString(name.version));
        }

        Result<void> take(const std::string &reference, const Result<SendableDocument> &found)
        {
            wire::CalledDocument &called = *m_body.add_documents();
            called.set_reference(reference);
            if (!found) {
                called.set_error(found.error().message);
                return {};
            }
            called.set_name(toStd(found->name));
            called.set_version(toStd(found->version));
            called.set_format(std::string(documentFormatName(found->format)));
            called.set_content(toStd(found->content));
            m_bytes += called.content().size();
            if (m_bytes > kMaxCalledDocuments)
                return fail(errors::kInvalidParameters,
                            u"The documents that steps call have %1 bytes; at most %2 go with a command."_s
                                .arg(m_bytes)
                                .arg(kMaxCalledDocuments),
                            u"DocumentName"_s);
            return {};
        }

        static Result<SendableDocument> sendable(const wire::CalledDocument &kept)
        {
            if (!kept.error().empty())
                return makeError(errors::kInvalidDocument, kept.error());
            const DocumentFormat format = documentFormatNamed(kept.format()).value_or(DocumentFormat::Json);
            const auto parsed
                = parseCalledDocument(kept.content(), format); // of another type: only read, never run
            return SendableDocument {.name = toQString(kept.name()),
                                     .version = toQString(kept.version()),
                                     .content = toQString(kept.content()),
                                     .format = format,
                                     .document
                                     = parsed ? std::make_shared<const Document>(*parsed) : nullptr};
        }

        const Principal &m_who;
        CommandDocuments &m_documents;
        wire::OrderBody &m_body;
        std::map<std::string, wire::CalledDocument> m_kept;
        std::set<std::tuple<std::string, std::string, int>> m_seen;
        std::map<std::string, Result<SendableDocument>> m_found;
        size_t m_bytes = 0;
    };
}

Result<void> addCalledDocuments(const Document &document, const BoundParameters &parameters,
                                const Principal &who, CommandDocuments &documents,
                                const std::vector<wire::CalledDocument> &kept, wire::OrderBody &body)
{
    return CalledDocumentCollector(who, documents, kept, body).visit(document, parameters, 0);
}

QString calledDocumentsToJson(const wire::OrderBody &body)
{
    QJsonArray list;
    for (const wire::CalledDocument &called : body.documents())
        list.append(QJsonArray {toQString(called.reference()), toQString(called.name()),
                                toQString(called.version()), toQString(called.format()),
                                toQString(called.content()), toQString(called.error())});
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

std::vector<wire::CalledDocument> calledDocumentsFromJson(QStringView json)
{
    std::vector<wire::CalledDocument> kept;
    const QJsonArray list = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const auto &fields : list) {
        wire::CalledDocument &called = kept.emplace_back();
        called.set_reference(toStd(fields[0].toString()));
        called.set_name(toStd(fields[1].toString()));
        called.set_version(toStd(fields[2].toString()));
        called.set_format(toStd(fields[3].toString()));
        called.set_content(toStd(fields[4].toString()));
        called.set_error(toStd(fields[5].toString()));
    }
    return kept;
}

}
