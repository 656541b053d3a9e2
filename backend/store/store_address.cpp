#include "backend/store/store_address.h"

#include "backend/base/fail.h"

#include <QUrl>
#include <QUrlQuery>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    tl::unexpected<Error> wrong(const QString &message)
    {
        return fail(errors::kValidation, message, u"store"_s);
    }

    // A value that could end the option and begin another is refused.
    bool isPlain(const QString &value)
    {
        return !value.contains(u';') && !value.contains(u'\'') && !value.contains(u'\\')
            && !value.contains(u' ');
    }
}

Result<StoreAddress> storeAddress(const QString &dataDir, const QString &url)
{
    StoreAddress address;
    if (url.isEmpty()) {
        address.sqliteFile = dataDir + u"/flagbridge.db"_s;
        return address;
    }
    const QUrl parsed(url, QUrl::StrictMode);
    if (!parsed.isValid() || (parsed.scheme() != u"postgresql"_s && parsed.scheme() != u"postgres"_s))
        return wrong(u"The store's address must be postgresql://user@host:port/database."_s);
    if (!parsed.password().isEmpty())
        return wrong(
            u"The store's address must not hold a password: everybody on this machine could read it. Put "
            "it in the password file ~/.pgpass (mode 0600, line host:port:database:user:password)."_s);
    address.dialect = Dialect::Postgres;
    address.host = parsed.host();
    address.port = parsed.port(5432);
    address.user = parsed.userName();
    address.database = parsed.path().mid(1);
    if (address.database.isEmpty())
        return wrong(u"The store's address names no database: postgresql://user@host:port/database."_s);
    const auto items = QUrlQuery(parsed).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : items) {
        static const QStringList kAllowed {u"sslmode"_s,  u"sslrootcert"_s, u"sslcert"_s, u"sslkey"_s,
                                           u"passfile"_s, u"host"_s,        u"port"_s};
        if (!kAllowed.contains(key))
            return wrong(u"The store's address has the option '%1'; it may have %2."_s.arg(
                key, kAllowed.join(u", "_s)));
        if (!isPlain(value))
            return wrong(
                u"The option %1 of the store's address holds a space, quote, backslash or semicolon."_s.arg(
                    key));
        if (key == u"host"_s)
            address.host = value;
        else if (key == u"port"_s)
            address.port = value.toInt();
        else
            address.connectOptions += u"%1=%2;"_s.arg(key, value);
    }
    if (!isPlain(address.host) || !isPlain(address.user) || !isPlain(address.database))
        return wrong(u"Host, user and database of the store's address may hold no space, quote, backslash or "
                     "semicolon."_s);
    return address;
}

}
