#include "models/settings/console_settings.h"

#include <QSettings>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kShortcuts = u"shortcuts/"_s;
    const auto kLayout = u"layout/"_s;

    QString keyOf(NoticeKind kind)
    {
        switch (kind) {
        case NoticeKind::RunEnded:
            return u"desktop/runEnded"_s;
        case NoticeKind::NodeLost:
            return u"desktop/nodeLost"_s;
        case NoticeKind::Activation:
            return u"desktop/activation"_s;
        case NoticeKind::Export:
            return u"desktop/export"_s;
        case NoticeKind::Problem:
            return u"desktop/problem"_s;
        }
        return {};
    }
}

ConsoleSettings::ConsoleSettings(const QString &file, QObject *parent) : QObject(parent)
{
    if (file.isEmpty())
        return;
    m_file = std::make_unique<QSettings>(file, QSettings::IniFormat);
    const QStringList keys = m_file->allKeys();
    for (const QString &key : keys)
        m_values.insert(key, m_file->value(key));
}

ConsoleSettings::~ConsoleSettings() = default;

void ConsoleSettings::set(const QString &key, const QVariant &value)
{
    if (m_values.value(key) == value)
        return;
    m_values.insert(key, value);
    if (m_file) {
        m_file->setValue(key, value);
        m_file->sync();
    }
    emit changed(key);
}

void ConsoleSettings::forget(const QString &key)
{
    if (m_values.remove(key) == 0)
        return;
    if (m_file) {
        m_file->remove(key);
        m_file->sync();
    }
    emit changed(key);
}

int ConsoleSettings::bounded(const QString &key, int least, int most, int otherwise) const
{
    bool whole = false;
    const int value = m_values.value(key).toInt(&whole);
    return whole && value >= least && value <= most ? value : otherwise;
}

QTime ConsoleSettings::time(const QString &key) const { return QTime::fromString(text(key), u"HH:mm"_s); }

QString ConsoleSettings::theme() const
{
    const QString name = text(u"theme"_s);
    return QStringList {u"light"_s, u"dark"_s, u"high-contrast"_s}.contains(name) ? name : u"system"_s;
}

int ConsoleSettings::textPixels() const { return bounded(u"textSize"_s, kSmallestText, kLargestText, 0); }

int ConsoleSettings::scrollbackLines() const
{
    return bounded(u"scrollbackLines"_s, 0, kMostScrollback, kScrollback);
}

int ConsoleSettings::confirmAbove() const
{
    return bounded(u"confirmAbove"_s, 1, kMostConfirmAbove, kConfirmAbove);
}

bool ConsoleSettings::tellsOnDesktop(NoticeKind kind) const { return flag(keyOf(kind), true); }

void ConsoleSettings::setTellsOnDesktop(NoticeKind kind, bool tells) { set(keyOf(kind), tells); }

void ConsoleSettings::setQuietHours(QTime from, QTime to)
{
    set(u"quietFrom"_s, from.toString(u"HH:mm"_s));
    set(u"quietTo"_s, to.toString(u"HH:mm"_s));
}

bool ConsoleSettings::isQuiet(QTime now) const
{
    const QTime from = quietFrom();
    const QTime to = quietTo();
    if (!from.isValid() || !to.isValid() || from == to)
        return false;
    return from < to ? now >= from && now < to : now >= from || now < to;
}

std::optional<QString> ConsoleSettings::shortcut(const QString &command) const
{
    const auto found = m_values.constFind(kShortcuts + command);
    return found == m_values.constEnd() ? std::nullopt : std::optional(found->toString());
}

void ConsoleSettings::setShortcut(const QString &command, const QString &portableText)
{
    set(kShortcuts + command, portableText);
}

void ConsoleSettings::resetShortcut(const QString &command) { forget(kShortcuts + command); }

QList<SavedView> ConsoleSettings::views(const QString &table) const
{
    return SavedView::fromJson(m_values.value(u"views/"_s + table).toByteArray());
}

void ConsoleSettings::setViews(const QString &table, const QList<SavedView> &views)
{
    set(u"views/"_s + table, SavedView::toJson(views));
}

QByteArray ConsoleSettings::layout(const QString &part) const
{
    return m_values.value(kLayout + part).toByteArray();
}

void ConsoleSettings::setLayout(const QString &part, const QByteArray &state) { set(kLayout + part, state); }

void ConsoleSettings::resetLayout()
{
    const QStringList keys = m_values.keys();
    for (const QString &key : keys) {
        if (key.startsWith(kLayout))
            forget(key);
    }
    forget(u"foldedGroups"_s);
    forget(u"sidebar"_s);
    emit layoutReset();
}

}
