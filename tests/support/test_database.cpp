#include "tests/support/test_database.h"

#include "tests/support/postgres_server.h"

#include <QDir>
#include <QFile>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

void addDatabaseRows()
{
    QTest::addColumn<QString>("database");
    QTest::addRow("sqlite") << u"sqlite"_s;
    QTest::addRow("postgres") << u"postgres"_s;
}

TestDatabase::TestDatabase(const QString &kind, UpTo upTo)
{
    if (kind == u"postgres"_s)
        m_url = newPostgresDatabase();
    reopen(upTo);
}

TestDatabase::~TestDatabase() = default;

void TestDatabase::close() { m_database.reset(); }

QString TestDatabase::migrationFolder(UpTo upTo)
{
    if (upTo.migration == UpTo().migration)
        return u":/migrations"_s;
    const QString folder = m_migrations.filePath(QString::number(upTo.migration));
    QDir().mkpath(folder);
    const QStringList files = QDir(u":/migrations"_s).entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString &name : files) {
        if (name.section(u'_', 0, 0).toInt() <= upTo.migration)
            QFile::copy(u":/migrations/"_s + name, folder + u'/' + name);
    }
    return folder;
}

DatabaseOptions TestDatabase::options() const { return m_options; }

void TestDatabase::reopen(UpTo upTo)
{
    DatabaseOptions options;
    options.dataDir = m_folder.path();
    options.url = m_url;
    options.migrations = migrationFolder(upTo);
    options.readOnlyRetry = std::chrono::milliseconds(50);
    if (const auto opened = tryReopen(options); !opened)
        qFatal("the test's store: %s", opened.error().message.c_str());
}

Result<void> TestDatabase::tryReopen(const DatabaseOptions &options)
{
    close();
    auto opened = Database::open(options, clock, random);
    if (!opened)
        return opened.error();
    m_options = options;
    m_database = std::move(*opened);
    return {};
}

}
