#include "backend/language/interpolation.h"

#include "backend/language/tree_text.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace fb;

namespace {
BoundParameters sampleParameters()
{
    const auto list = [](std::initializer_list<const char *> items) {
        Tree tree = Tree::list();
        for (const char *item : items)
            tree.items().push_back(Tree::string(item));
        return tree;
    };
    BoundParameters parameters;
    parameters["a"] = {ParameterType::String, InterpolationType::Raw, Tree::string("x{{ b }}")};
    parameters["b"] = {ParameterType::String, InterpolationType::Raw, Tree::string("y")};
    parameters["more"] = {ParameterType::StringList, InterpolationType::Raw, list({"id", "pwd"})};
    parameters["none"] = {ParameterType::StringList, InterpolationType::Raw, list({})};
    parameters["n"] = {ParameterType::Integer, InterpolationType::Raw, Tree::number(7)};
    parameters["on"] = {ParameterType::Boolean, InterpolationType::Raw, Tree::boolean(true)};
    parameters["m"]
        = {ParameterType::StringMap, InterpolationType::Raw, *parseJson("{\"k\":\"v \\\"q\\\"\"}")};
    parameters["money"] = {ParameterType::String, InterpolationType::Raw, Tree::string("$$")};
    parameters["Msg"]
        = {ParameterType::String, InterpolationType::EnvVar, Tree::string("a; touch /tmp/x $(id)")};
    parameters["Names"] = {ParameterType::StringList, InterpolationType::EnvVar, list({"a b", "c"})};
    return parameters;
}
}

class tst_Interpolation : public QObject
{
    Q_OBJECT

private slots:
    void values_data();
    void values();
    void marksStay();
    void soleTokens();
    void shellReferences_data();
    void shellReferences();
    void shellReferencesAreInert_data();
    void shellReferencesAreInert();
    void powerShellReferences();
};

void tst_Interpolation::values_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *json, const char *expected) {
        QTest::addRow("%s", name) << QByteArray(json) << QByteArray(expected);
    };
    row("[documents 8.7] one pass and splicing", R"(["echo {{ a }}","{{ more }}"])",
        R"(["echo x{{ b }}","id","pwd"])");
    row("blanks are optional", R"("{{a}}{{  b }}")", R"("x{{ b }}y")");
    row("a whole token keeps its type", R"({"n":"{{ n }}","on":"{{on}}","m":"{{ m }}","l":"{{ more }}"})",
        R"({"n":7,"on":true,"m":{"k":"v \"q\""},"l":["id","pwd"]})");
    row("in text", R"("n={{ n }} on={{ on }} m={{ m }} l={{ more }}")",
        R"("n=7 on=true m={\"k\":\"v \\\"q\\\"\"} l=[\"id\",\"pwd\"]")");
    row("an empty list is spliced to nothing", R"(["x","{{ none }}","y"])", R"(["x","y"])");
    row("unknown names stay as typed", R"("{{ zzz }} {{ssm:db}} {{ b }}")", R"("{{ zzz }} {{ssm:db}} y")");
    row("not in keys", R"({"{{ b }}":"{{ b }}"})", R"({"{{ b }}":"y"})");
    row("deep", R"({"x":[{"y":["{{ b }}"]}]})", R"({"x":[{"y":["y"]}]})");
    row("dollars stay", R"("{{ money }}$$")", R"("$$$$")");
    row("no braces", R"("{ b } }} {{")", R"("{ b } }} {{")");
    row("inner braces count", R"("{{{ b }}}")", R"("{y}")");
    row("case counts", R"("{{ B }}")", R"("{{ B }}")");
    row("ENV_VAR outside of a script is the value", R"("{{ Msg }}")", R"x("a; touch /tmp/x $(id)")x");
}

void tst_Interpolation::values()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, expected);
    const Tree tree = *parseJson(json.toStdString());
    QCOMPARE(QByteArray::fromStdString(toCompactJson(interpolate(tree, sampleParameters()))), expected);
}

void tst_Interpolation::marksStay()
{
    const Tree tree = *parseJson("[\n  \"{{ n }}\"]");
    QVERIFY((interpolate(tree, sampleParameters()).items()[0].mark() == Mark {2, 3}));
}

void tst_Interpolation::soleTokens()
{
    QCOMPARE(std::string(soleToken("{{ commands }}")), std::string("commands"));
    QCOMPARE(std::string(soleToken(" {{ commands }}")), std::string());
    QCOMPARE(std::string(soleToken("{{ a }}{{ b }}")), std::string());
    QCOMPARE(std::string(soleToken("{{ a b }}")), std::string());
    QCOMPARE(tokenNames("{{ a }} {{ssm:/x/y:1}} {{ }}"), (std::vector<std::string> {"a", "ssm:/x/y:1"}));
}

void tst_Interpolation::shellReferences_data()
{
    QTest::addColumn<QByteArray>("script"); // JSON
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *script, const char *expected) {
        QTest::addRow("%s", name) << QByteArray(script) << QByteArray(expected);
    };
    row("bare", R"(["echo {{ Msg }}"])", R"(["echo \"${SSM_Msg}\""])");
    row("in double quotes", R"(["echo \"<{{ Msg }}>\""])", R"(["echo \"<${SSM_Msg}>\""])");
    row("in single quotes", R"(["echo '<{{ Msg }}>'"])", R"(["echo '<'\"${SSM_Msg}\"'>'"])");
    row("quotes over several lines", R"(["echo \"one","{{ Msg }}\""])", R"(["echo \"one","${SSM_Msg}\""])");
    row("an apostrophe in a comment", R"(["# don't","echo {{ Msg }}"])",
        R"(["# don't","echo \"${SSM_Msg}\""])");
    row("an escaped quote", R"(["echo \\\" {{ Msg }}"])", R"(["echo \\\" \"${SSM_Msg}\""])");
    row("after a backslash", R"(["echo \\{{ Msg }} x"])", R"(["echo \\\\\"${SSM_Msg}\" x"])");
    row("a whole line", R"(["{{ Msg }}"])", R"(["\"${SSM_Msg}\""])");
    row("a list arrives as JSON", R"(["{{ Names }}"])", R"(["\"${SSM_Names}\""])");
    row("raw parameters beside it", R"(["{{ b }} {{ Msg }}"])", R"(["y \"${SSM_Msg}\""])");
}

void tst_Interpolation::shellReferences()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, expected);
    ScriptEnvironment environment;
    const Tree result = interpolate(*parseJson(script.toStdString()), sampleParameters(),
                                    ReferenceStyle::Shell, &environment);
    QCOMPARE(QByteArray::fromStdString(toCompactJson(result)), expected);
    if (script.contains("Names"))
        QCOMPARE(environment, (ScriptEnvironment {{"SSM_Names", R"(["a b","c"])"}}));
    else
        QCOMPARE(environment, (ScriptEnvironment {{"SSM_Msg", "a; touch /tmp/x $(id)"}}));
}

void tst_Interpolation::shellReferencesAreInert_data()
{
    QTest::addColumn<QByteArray>("value");
    const QList<QByteArray> values {
        "a; touch canary $(touch canary)",
        "`touch canary`",
        "'; touch canary; '",
        "\"; touch canary; \"",
        "x\ntouch canary",
        "-n",
        "%s%n",
        "\xe2\x80\x9c; touch canary \xe2\x80\x9d",
        "${IFS}$HOME * ? [a]",
        "two  spaces\tand a tab",
        "\\",
        "&& touch canary || touch canary",
        "> canary",
        QByteArray(100'000, 'x'),
    };
    for (int i = 0; i < values.size(); ++i)
        QTest::addRow("[N06] value %d", i) << values[i];
}

// What the interpolation makes is run by a real shell: the value arrives unchanged in each kind of quotes and is never run. The agent
// hands environment and script over in the same way.
void tst_Interpolation::shellReferencesAreInert()
{
    QFETCH(QByteArray, value);
    BoundParameters parameters;
    parameters["Msg"] = {ParameterType::String, InterpolationType::EnvVar, Tree::string(value.toStdString())};
    const Tree lines = *parseJson(
        R"(["printf '<%s>\\n' {{ Msg }}","printf '<%s>\\n' \"{{ Msg }}\"","printf '%s\\n' '<{{ Msg }}>'"])");
    ScriptEnvironment environment;
    const Tree script = interpolate(lines, parameters, ReferenceStyle::Shell, &environment);
    QString text;
    for (const Tree &line : script.items())
        text += QString::fromStdString(line.text()) + QLatin1Char('\n');

    QTemporaryDir folder;
    QProcess shell;
    shell.setWorkingDirectory(folder.path());
    QProcessEnvironment processEnvironment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, content] : environment)
        processEnvironment.insert(QString::fromStdString(name), QString::fromStdString(content));
    shell.setProcessEnvironment(processEnvironment);
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), text});
    QVERIFY(shell.waitForFinished());
    const QByteArray expected = "<" + value + ">\n";
    QCOMPARE(shell.readAllStandardOutput(), expected + expected + expected);
    QCOMPARE(shell.readAllStandardError(), QByteArray());
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("canary"))));
}

void tst_Interpolation::powerShellReferences()
{
    ScriptEnvironment environment;
    const Tree result = interpolate(*parseJson(R"(["Write-Output {{ Msg }}"])"), sampleParameters(),
                                    ReferenceStyle::PowerShell, &environment);
    QCOMPARE(toCompactJson(result), std::string(R"(["Write-Output ${env:SSM_Msg}"])"));
    QCOMPARE(environment.size(), size_t(1));
}

FB_TEST(tst_Interpolation)
#include "tst_interpolation.moc"
