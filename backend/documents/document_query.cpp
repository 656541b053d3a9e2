#include "backend/documents/document_query.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/documents/document_names.h"
#include "backend/language/document.h"
#include "backend/language/platform.h"

#include <QJsonDocument>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    bool isAccountId(const QString &text)
    {
        return text.size() == 12 && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    }

    Result<void> addOwner(DocumentQuery &query, const QString &value, const FleetIdentity &fleet)
    {
        query.narrowsOwner = true;
        if (value == u"Self"_s
            || value == u"Private"_s) // private ones of others come with sharing between fleets
            query.owners.append(fleet.accountId);
        else if (value == u"Amazon"_s || isAccountId(value))
            query.owners.append(value);
        else if (value != u"Public"_s && value != u"ThirdParty"_s) // of these a fleet has none
            return fail(
                errors::kValidation,
                u"Owner is '%1'; it must be Self, Amazon, Private, Public, ThirdParty or a 12-digit account id."_s
                    .arg(value),
                u"Filters"_s);
        return {};
    }

    Result<void> addPlatform(DocumentQuery &query, const QString &value)
    {
        const auto platform = platformNamed(toStd(value));
        if (!platform)
            return fail(errors::kValidation,
                        u"PlatformTypes is '%1'; it must be Linux, Windows or MacOS."_s.arg(value),
                        u"Filters"_s);
        query.platforms.append(toQString(platformName(*platform)));
        return {};
    }

    Result<void> addType(DocumentQuery &query, const QString &value)
    {
        if (!documentTypeNamed(toStd(value)))
            return fail(errors::kValidation, u"DocumentType is '%1', which is no document type."_s.arg(value),
                        u"Filters"_s);
        query.documentTypes.append(value);
        return {};
    }

    Result<void> addFilter(DocumentQuery &query, const QString &key, const QString &value,
                           const FleetIdentity &fleet, bool isOldForm)
    {
        const QString tagPrefix = u"tag:"_s;
        if (key == u"Name"_s)
            query.namePrefixes.append(value);
        else if (key == u"Owner"_s)
            return addOwner(query, value, fleet);
        else if (key == u"PlatformTypes"_s)
            return addPlatform(query, value);
        else if (key == u"DocumentType"_s)
            return addType(query, value);
        else if (key == u"TargetType"_s && !isOldForm)
            query.targetTypes.append(value);
        else if (key == u"SearchKeyword"_s && !isOldForm)
            query.keywords.append(value.toCaseFolded());
        else if (key.startsWith(tagPrefix) && key.size() > tagPrefix.size() && !isOldForm)
            query.tags[key.mid(tagPrefix.size())].append(value);
        else
            return fail(
                errors::kInvalidFilterKey,
                u"The filter key '%1' is not known; Name, Owner, PlatformTypes, DocumentType%2 are."_s.arg(
                    key, isOldForm ? QString() : u", TargetType, SearchKeyword and tag:<key>"_s),
                u"Filters"_s);
        return {};
    }
}

Result<DocumentQuery> documentQuery(const ListDocumentsRequest &request, const FleetIdentity &fleet)
{
    if (!request.filters.isEmpty() && !request.documentFilterList.isEmpty())
        return fail(errors::kInvalidFilterKey,
                    u"Filters and DocumentFilterList are given together; use one of them."_s, u"Filters"_s);
    DocumentQuery query;
    query.limit = request.maxResults;
    for (const DocumentKeyValuesFilter &filter : request.filters) {
        for (const QString &value : filter.values) {
            if (auto added = addFilter(query, filter.key, value, fleet, false); !added)
                return fail(added.error());
        }
    }
    for (const DocumentFilter &filter : request.documentFilterList) {
        if (auto added = addFilter(query, filter.key, filter.value, fleet, true); !added)
            return fail(added.error());
    }
    return query;
}

QString queryScope(const ListDocumentsRequest &request)
{
    ListDocumentsRequest narrowed = request;
    narrowed.nextToken.clear();
    narrowed.maxResults = 0; // the next page may have another size
    return u"ListDocuments|"_s
        + QString::fromUtf8(QJsonDocument(toJson(narrowed)).toJson(QJsonDocument::Compact));
}

}
