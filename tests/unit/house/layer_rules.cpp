#include "tests/unit/house/layer_rules.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

namespace fb::test {

namespace {
    // Rooms of the backend that are free of Qt and shared with the agent.
    const QStringList kShared {QStringLiteral("core"), QStringLiteral("download"), QStringLiteral("protocol"),
                               QStringLiteral("language"), QStringLiteral("transport")};
    const QStringList kFeatureAreas {QStringLiteral("nodes"), QStringLiteral("change"),
                                     QStringLiteral("operations"), QStringLiteral("applications")};

    // A room includes rooms of lower rank, and of its own rank as far as CMake's order allows (never in a circle).
    int rank(const QString &room)
    {
        static const QHash<QString, int> ranks {
            {QStringLiteral("core"), 0},      {QStringLiteral("language"), 1},
            {QStringLiteral("download"), 1},  {QStringLiteral("protocol"), 1},
            {QStringLiteral("transport"), 1}, {QStringLiteral("base"), 2},
            {QStringLiteral("terminal"), 3},  {QStringLiteral("control"), 3},
            {QStringLiteral("store"), 3},     {QStringLiteral("security"), 3},
            {QStringLiteral("gateway"), 3},   {QStringLiteral("api"), 3},
            {QStringLiteral("schedule"), 4},  {QStringLiteral("dispatch"), 4},
            {QStringLiteral("events"), 4},    {QStringLiteral("documents"), 4},
            {QStringLiteral("settings"), 4},  {QStringLiteral("backup"), 4},
            {QStringLiteral("engine"), 6},
        };
        return kFeatureAreas.contains(room) ? 5 : ranks.value(room, -1);
    }

    QString brokenArrowInBackend(const QString &from, const QString &target)
    {
        const QString fromRoom = from.section(u'/', 1, 1);
        const QString toRoom = target.section(u'/', 1, 1);
        if (rank(fromRoom) < 0)
            return QStringLiteral("backend/%1 is not a room of the design").arg(fromRoom);
        if (rank(toRoom) < 0)
            return QStringLiteral("backend/%1 is not a room of the design").arg(toRoom);
        if (rank(toRoom) > rank(fromRoom))
            return QStringLiteral("backend/%1 stands below backend/%2").arg(fromRoom, toRoom);
        // download, protocol, language and transport know core and themselves; gateway and agent put them together
        if (rank(fromRoom) == 1 && toRoom != QStringLiteral("core") && toRoom != fromRoom
            && !(fromRoom == QStringLiteral("transport") && toRoom == QStringLiteral("protocol")))
            return QStringLiteral("backend/%1 and backend/%2 stand side by side").arg(fromRoom, toRoom);
        if (rank(fromRoom) == 5 && rank(toRoom) == 5) {
            const QString fromFeature = from.section(u'/', 1, 2);
            const QString toFeature = target.section(u'/', 1, 2);
            if (fromFeature != toFeature && !target.endsWith(QStringLiteral("_service.h")))
                return QStringLiteral("a feature reaches backend/%1 only through its service header")
                    .arg(toFeature);
        }
        return {};
    }
}

QString brokenArrow(const QString &from, const QString &target)
{
    static const QHash<QString, QStringList> mayInclude {
        {QStringLiteral("backend"), {QStringLiteral("backend")}},
        {QStringLiteral("agent"), {QStringLiteral("agent"), QStringLiteral("backend")}},
        {QStringLiteral("models"), {QStringLiteral("models"), QStringLiteral("backend")}},
        {QStringLiteral("ui"), {QStringLiteral("ui"), QStringLiteral("models")}},
        {QStringLiteral("resources"), {QStringLiteral("resources")}},
    };
    const QString fromLayer = from.section(u'/', 0, 0);
    const QString toLayer = target.section(u'/', 0, 0);
    if (toLayer == QStringLiteral("tests"))
        return fromLayer == QStringLiteral("tests") ? QString() : QStringLiteral("only tests include tests");
    if (fromLayer == QStringLiteral("tests"))
        return {};
    if (fromLayer == QStringLiteral("app")) {
        // a program's own folder, or what it composes
        if (toLayer == QStringLiteral("app") && target.section(u'/', 1, 1) != from.section(u'/', 1, 1))
            return QStringLiteral("programs do not include one another");
        if (toLayer == QStringLiteral("agent") && !from.startsWith(QStringLiteral("app/fleetsim/")))
            return QStringLiteral("only fleetsim stands on the agent's supervisor");
        if ((toLayer == QStringLiteral("ui") || toLayer == QStringLiteral("models"))
            && !from.startsWith(QStringLiteral("app/console/")))
            return QStringLiteral("only the console shows anything");
        return {};
    }
    if (!mayInclude.value(fromLayer).contains(toLayer))
        return QStringLiteral("%1 includes no header of %2").arg(fromLayer, toLayer);
    if (fromLayer == QStringLiteral("agent") && toLayer == QStringLiteral("backend")
        && !kShared.contains(target.section(u'/', 1, 1)))
        return QStringLiteral("the agent shares only backend/%1").arg(kShared.join(QStringLiteral(", ")));
    if (fromLayer == QStringLiteral("backend"))
        return brokenArrowInBackend(from, target);
    return {};
}

QString brokenSystemInclude(const QString &from, const QString &target)
{
    static const QRegularExpression qtModule(QStringLiteral("^Qt[A-Z][A-Za-z]*/"));
    static const QRegularExpression qtHeader(QStringLiteral("^Q[A-Z][A-Za-z]+$|^q[a-z]+\\.h$|^Qt"));
    static const QRegularExpression gui(QStringLiteral(
        "^Q(Color|Brush|Palette|Pen|Painter\\w*|Icon|Pixmap|Image|Font\\w*|GuiApplication|Application|Widget|"
        "Style\\w*"
        "|StandardItemModel|Window|Cursor|Clipboard|Label|PushButton|Dialog|Layout|BoxLayout)$"));
    if (qtModule.match(target).hasMatch())
        return QStringLiteral("Qt headers are included bare: <%1>").arg(target.section(u'/', 1));
    if (!qtHeader.match(target).hasMatch())
        return {};
    const QString layer = from.section(u'/', 0, 0);
    if (layer == QStringLiteral("agent")
        || (layer == QStringLiteral("backend") && kShared.contains(from.section(u'/', 1, 1))))
        return QStringLiteral("this room is free of Qt");
    if ((layer == QStringLiteral("backend") || layer == QStringLiteral("models"))
        && gui.match(target).hasMatch())
        return QStringLiteral("%1 knows nothing of screens").arg(layer);
    return {};
}

}
