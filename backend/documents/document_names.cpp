#include "backend/documents/document_names.h"

#include "backend/base/fail.h"

#include <QStringList>

namespace fb {

using namespace Qt::StringLiterals;

QString storedDocumentArn(const FleetIdentity &fleet, const QString &name, bool isBuiltIn)
{
    return u"arn:aws:ssm:%1:%2:document/%3"_s.arg(fleet.region, isBuiltIn ? QString() : fleet.accountId,
                                                  name);
}

Result<QString> documentNameOf(const FleetIdentity &fleet, const QString &nameOrArn)
{
    if (!nameOrArn.startsWith(u"arn:"_s))
        return nameOrArn == QLatin1StringView(kUpdateAgentAlias) ? QString::fromLatin1(kUpdateAgentDocument)
                                                                 : nameOrArn;
    const QStringList parts = nameOrArn.split(u':');
    const QString prefix = u"document/"_s;
    if (parts.size() != 6 || parts[1] != u"aws"_s || parts[2] != u"ssm"_s || !parts[5].startsWith(prefix))
        return fail(errors::kInvalidDocument, u"%1 is not the ARN of a document."_s.arg(nameOrArn),
                    u"Name"_s);
    if (!parts[4].isEmpty() && parts[4] != fleet.accountId)
        return fail(errors::kInvalidDocument,
                    u"Document %1 belongs to account %2 and is not shared with this one (%3)."_s.arg(
                        nameOrArn, parts[4], fleet.accountId),
                    u"Name"_s);
    return parts[5].mid(prefix.size());
}

Result<void> checkNotReserved(const QString &name)
{
    if (name == QLatin1StringView(kSessionPreferencesDocument))
        return {};
    if (name == QLatin1StringView(kUpdateAgentAlias))
        return fail(errors::kValidation,
                    u"Name is '%1', which is another name of the built-in document %2."_s.arg(
                        name, QString::fromLatin1(kUpdateAgentDocument)),
                    u"Name"_s);
    for (const QString &prefix : {u"aws"_s, u"amazon"_s, u"amzn"_s}) {
        if (name.startsWith(prefix, Qt::CaseInsensitive))
            return fail(
                errors::kValidation,
                u"Name is '%1'; names that begin with '%2' are reserved for built-in documents."_s.arg(
                    name, prefix),
                u"Name"_s);
    }
    return {};
}

std::optional<AskedVersion> askedVersion(const QString &text)
{
    if (text.isEmpty() || text == u"$DEFAULT"_s)
        return AskedVersion {};
    if (text == u"$LATEST"_s)
        return AskedVersion {.kind = AskedVersion::Kind::Latest};
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number < 1)
        return std::nullopt;
    return AskedVersion {.kind = AskedVersion::Kind::Number, .number = number};
}

}
