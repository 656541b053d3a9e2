// The arrows between folders, checked on every file's includes. CMake's include folders stop most wrong ones already; this names the
// rule, and sees those that CMake cannot (design.md section 2, style.md section 1).

#include "tests/support/test_main.h"
#include "tests/unit/house/layer_rules.h"
#include "tests/unit/house/source_tree.h"

#include <QFileInfo>
#include <QTest>

using namespace fb::test;

class tst_IncludeArrows : public QObject
{
    Q_OBJECT
private slots:
    void rules_data();
    void rules();
    void systemRules_data();
    void systemRules();
    void everyFileKeepsThem();
};

void tst_IncludeArrows::rules_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *from, const char *target, bool allowed) {
        QTest::addRow("%s -> %s", from, target)
            << QString::fromLatin1(from) << QString::fromLatin1(target) << allowed;
    };
    row("ui/nodes/fleet/fleet_page.cpp", "models/nodes/fleet/node_table_model.h", true);
    row("ui/nodes/fleet/fleet_page.cpp", "backend/core/ids.h", false);
    row("models/nodes/fleet/node_table_model.h", "backend/nodes/fleet/fleet_service.h", true);
    row("models/nodes/fleet/node_table_model.h", "ui/shell/theme.h", false);
    row("backend/store/database.cpp", "backend/base/future.h", true);
    row("backend/base/future.h", "backend/store/database.h", false);
    row("backend/core/id.h", "backend/base/fail.h", false);
    row("backend/language/yaml.cpp", "backend/protocol/frame.h", false);
    row("backend/gateway/listener.cpp", "backend/security/fleet_ca.h", true);
    row("backend/gateway/listener.cpp", "backend/dispatch/dispatcher.h", false);
    row("backend/nodes/runcommand/run_command_service.cpp", "backend/dispatch/dispatcher.h", true);
    row("backend/nodes/runcommand/run_command_service.cpp", "backend/nodes/fleet/fleet_service.h", true);
    row("backend/nodes/runcommand/run_command_service.cpp", "backend/nodes/fleet/fleet_repository.h", false);
    row("backend/nodes/runcommand/run_command_service.cpp", "backend/engine/engine.h", false);
    row("backend/nodes/runcommand/run_command_service.cpp", "models/nodes/fleet/x.h", false);
    row("agent/supervisor/supervisor.cpp", "backend/protocol/link.h", true);
    row("agent/supervisor/supervisor.cpp", "backend/store/database.h", false);
    row("agent/downloads/s3_source.cpp", "backend/download/s3_bucket.h", true);
    row("backend/documents/attachment_fetch.cpp", "backend/download/s3_bucket.h", true);
    row("backend/download/s3_bucket.cpp", "backend/transport/http_post.h", false);
    row("agent/supervisor/supervisor.cpp", "backend/base/future.h", false);
    row("app/engine/main.cpp", "backend/engine/engine.h", true);
    row("app/engine/main.cpp", "models/nodes/fleet/x.h", false);
    row("app/engine/main.cpp", "agent/supervisor/supervisor.h", false);
    row("app/fleetsim/main.cpp", "agent/supervisor/supervisor.h", true);
    row("app/console/main.cpp", "ui/shell/main_window.h", true);
    row("backend/core/id.h", "tests/support/manual_clock.h", false);
}

void tst_IncludeArrows::rules()
{
    QFETCH(QString, from);
    QFETCH(QString, target);
    QFETCH(bool, allowed);
    const QString broken = brokenArrow(from, target);
    QCOMPARE(broken.isEmpty(), allowed);
}

void tst_IncludeArrows::systemRules_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *from, const char *target, bool allowed) {
        QTest::addRow("%s -> <%s>", from, target)
            << QString::fromLatin1(from) << QString::fromLatin1(target) << allowed;
    };
    row("ui/shell/main_window.h", "QWidget", true);
    row("ui/shell/main_window.h", "QtWidgets/QWidget", false);
    row("models/nodes/fleet/x.h", "QAbstractTableModel", true);
    row("models/nodes/fleet/x.h", "QColor", false);
    row("backend/core/id.h", "string", true);
    row("backend/core/id.h", "QString", false);
    row("backend/protocol/link.h", "QByteArray", false);
    row("agent/main.cpp", "QCoreApplication", false);
    row("agent/main.cpp", "sqlite3.h", true);
    row("backend/base/future.h", "QFuture", true);
}

void tst_IncludeArrows::systemRules()
{
    QFETCH(QString, from);
    QFETCH(QString, target);
    QFETCH(bool, allowed);
    QCOMPARE(brokenSystemInclude(from, target).isEmpty(), allowed);
}

void tst_IncludeArrows::everyFileKeepsThem()
{
    const QStringList layers {QStringLiteral("app"),      QStringLiteral("ui"),    QStringLiteral("models"),
                              QStringLiteral("backend"),  QStringLiteral("agent"), QStringLiteral("tests"),
                              QStringLiteral("resources")};
    const QStringList files = sourceFiles(layers, {QStringLiteral(".h"), QStringLiteral(".cpp")});
    QVERIFY(files.size() > 20);
    QStringList wrong;
    for (const QString &path : files) {
        for (const Include &include : includesOf(path)) {
            QString broken;
            if (!include.quoted) {
                broken = brokenSystemInclude(path, include.target);
            } else if (layers.contains(include.target.section(u'/', 0, 0))) {
                broken = brokenArrow(path, include.target);
            } else if (include.target.contains(u'/') || include.target.endsWith(QStringLiteral(".h"))) {
                // headers made in the build (protobuf) and the precompiled ones stand beside their user
                const bool beside = path.startsWith(QStringLiteral("resources/cmake/"));
                if (!beside && !include.target.endsWith(QStringLiteral(".pb.h")))
                    broken = QStringLiteral("project includes begin with their layer");
            }
            if (!broken.isEmpty())
                wrong.append(QStringLiteral("%1:%2: %3: %4")
                                 .arg(path, QString::number(include.line), include.target, broken));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
}

FB_TEST(tst_IncludeArrows)
#include "tst_include_arrows.moc"
