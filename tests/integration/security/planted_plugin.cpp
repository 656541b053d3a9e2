// A plugin that Qt takes for one of its own. That it was loaded it says by a file, before anybody calls it.
#include <QFile>
#include <QGenericPlugin>

namespace {

const bool kWasLoaded = [] {
    QFile mark(qEnvironmentVariable("FB_PLANTED_MARK"));
    return mark.open(QFile::WriteOnly);
}();

class PlantedPlugin final : public QGenericPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "planted_plugin.json")
public:
    QObject *create(const QString &, const QString &) override { return kWasLoaded ? new QObject : nullptr; }
};

}

#include "planted_plugin.moc"
