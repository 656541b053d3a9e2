// What stands where, checked in the text of every file: SQL in repositories, colours in the theme, files of a readable size.

#include "tests/support/test_main.h"
#include "tests/unit/house/source_tree.h"
#include "tests/unit/house/text_rules.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace fb::test;

class tst_HouseText : public QObject
{
    Q_OBJECT
private slots:
    void sqlPattern_data();
    void sqlPattern();
    void sqlStandsInRepositories();
    void colourPattern_data();
    void colourPattern();
    void coloursStandInTheTheme();
    void noWordsThatMeanNotDone();
    void filesAreOfReadableSize();
};

void tst_HouseText::sqlPattern_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isSql");
    QTest::addRow("select") << "q(\"SELECT id FROM node\")" << true;
    QTest::addRow("update") << "\"UPDATE node SET ping = 1\"" << true;
    QTest::addRow("insert or ignore") << "\"INSERT OR IGNORE INTO x\"" << true;
    QTest::addRow("pragma") << "\"PRAGMA journal_mode\"" << true;
    QTest::addRow("a sentence") << "tr(\"Select a node\")" << false;
    QTest::addRow("an action") << "\"UPDATE\"" << false;
}

void tst_HouseText::sqlPattern()
{
    QFETCH(QString, text);
    QFETCH(bool, isSql);
    QCOMPARE(holdsSql(text), isSql);
}

void tst_HouseText::sqlStandsInRepositories()
{
    QStringList wrong;
    for (const QString &path :
         sourceFiles({QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("models"),
                      QStringLiteral("backend"), QStringLiteral("agent")},
                     {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
        static const QRegularExpression agentStore(QStringLiteral("^agent/.*(ledger|spool)"));
        if (path.endsWith(QStringLiteral("_repository.cpp"))
            || path.startsWith(QStringLiteral("backend/store/")) || agentStore.match(path).hasMatch())
            continue;
        for (const SourceLine &line : linesOf(path)) {
            if (holdsSql(line.text))
                wrong.append(
                    QStringLiteral("%1:%2: %3").arg(path, QString::number(line.number), line.text.trimmed()));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
}

void tst_HouseText::colourPattern_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isColour");
    QTest::addRow("hex") << "QColor c(\"#1a73e8\");" << true;
    QTest::addRow("short hex") << "setStyleSheet(\"#fff\")" << true;
    QTest::addRow("numbers") << "QColor(12, 34, 56)" << true;
    QTest::addRow("braces") << "QColor {0, 0, 0}" << true;
    QTest::addRow("rgb") << "qRgb(1, 2, 3)" << true;
    QTest::addRow("named") << "Qt::red" << true;
    QTest::addRow("from the theme") << "QColor(theme.colour(Theme::Role::Accent))" << false;
    QTest::addRow("a copy") << "const QColor ink = palette().text();" << false;
    QTest::addRow("a channel") << "\"#fleet-alerts\"" << false;
}

void tst_HouseText::colourPattern()
{
    QFETCH(QString, text);
    QFETCH(bool, isColour);
    QCOMPARE(holdsColour(text), isColour);
}

void tst_HouseText::coloursStandInTheTheme()
{
    QStringList wrong;
    for (const QString &path :
         sourceFiles({QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("models")},
                     {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
        if (path.startsWith(QStringLiteral("ui/theme/")))
            continue;
        for (const SourceLine &line : linesOf(path)) {
            if (holdsColour(line.text))
                wrong.append(
                    QStringLiteral("%1:%2: %3").arg(path, QString::number(line.number), line.text.trimmed()));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
}

void tst_HouseText::noWordsThatMeanNotDone()
{
    static const QRegularExpression word(QStringLiteral("\\b(TODO|FIXME|XXX|HACK)\\b"));
    QStringList wrong;
    for (const QString &path : sourceFiles(
             {QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("models"),
              QStringLiteral("backend"), QStringLiteral("agent"), QStringLiteral("docs"),
              QStringLiteral("resources/migrations")},
             {QStringLiteral(".h"), QStringLiteral(".cpp"), QStringLiteral(".md"), QStringLiteral(".sql")})) {
        QFile file(QStringLiteral(FB_SOURCE_DIR "/") + path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        if (const auto match = word.match(QString::fromUtf8(file.readAll())); match.hasMatch())
            wrong.append(path + QStringLiteral(": ") + match.captured());
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
}

// Past 600 lines (a header: 250) a file needs a reason; twice that is never right.
void tst_HouseText::filesAreOfReadableSize()
{
    QStringList large;
    QStringList wrong;
    for (const QString &path :
         sourceFiles({QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("models"),
                      QStringLiteral("backend"), QStringLiteral("agent"), QStringLiteral("tests")},
                     {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
        const qsizetype lines = linesOf(path).size() - 1;
        const qsizetype limit = path.endsWith(QStringLiteral(".h")) ? 250 : 600;
        if (lines > limit)
            large.append(QStringLiteral("%1 lines: %2").arg(lines).arg(path));
        if (lines > 2 * limit)
            wrong.append(QStringLiteral("%1 lines: %2").arg(lines).arg(path));
    }
    if (!large.isEmpty())
        qInfo("files past the house size:\n%s", qPrintable(large.join(u'\n')));
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
}

FB_TEST(tst_HouseText)
#include "tst_house_text.moc"
