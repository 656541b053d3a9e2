#include "tests/gui/focus_walk.h"

#include "tests/gui/page_walker.h"
#include "ui/shell/main_window.h"
#include "ui/shell/palette.h"
#include "ui/text/code_editor.h"
#include "ui/widgets/segmented_bar.h"
#include "ui/widgets/sheet.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QButtonGroup>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTabBar>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kMostSteps = 400;

    // What a mouse can do something with. What Qt puts into its own widgets is theirs.
    bool isControl(const QWidget *widget)
    {
        if (isQtsOwn(widget) || qobject_cast<const QHeaderView *>(widget))
            return false;
        for (const QWidget *parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
            if (qobject_cast<const QLineEdit *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent)
                || qobject_cast<const QComboBox *>(parent) || qobject_cast<const QTabBar *>(parent))
                return false;
            if (qobject_cast<const QDockWidget *>(parent) && parent == widget->parentWidget())
                return false; // its frame's buttons; the commands do the same
        }
        return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
            || qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QComboBox *>(widget)
            || qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QTabBar *>(widget)
            || qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const SegmentLegend *>(widget)
            || (widget->focusPolicy() & Qt::TabFocus);
    }

    // Lists whose keys the field above them has; the journeys use them.
    bool isDrivenByAField(const QWidget *widget)
    {
        static const QStringList names {u"paletteList"_s, u"composerDocuments"_s};
        return names.contains(widget->objectName()) || widget->objectName().endsWith(u"Suggestions"_s);
    }

    // Of choices that exclude each other one has the focus, and the arrows go on from there.
    bool isSiblingChoice(const QWidget *one, const QWidget *other)
    {
        const auto *a = qobject_cast<const QAbstractButton *>(one);
        const auto *b = qobject_cast<const QAbstractButton *>(other);
        if (!a || !b)
            return false;
        if (a->group() && a->group()->exclusive())
            return a->group() == b->group();
        return a->autoExclusive() && b->autoExclusive() && a->parentWidget() == b->parentWidget();
    }

    QImage picture(QWidget *widget)
    {
        constexpr int kAround = 4; // a ring stands outside
        return widget->parentWidget()
            ->grab(widget->geometry().adjusted(-kAround, -kAround, kAround, kAround))
            .toImage();
    }

    // Scrolled or clipped away? What a child covers is in view.
    bool isInView(const QWidget &window, const QWidget *widget)
    {
        QRect shown(widget->mapTo(&window, QPoint(0, 0)), widget->size());
        for (const QWidget *at = widget->parentWidget(); at && !shown.isEmpty(); at = at->parentWidget()) {
            shown &= QRect(at->mapTo(&window, QPoint(0, 0)), at->size());
            if (at == &window)
                break;
        }
        return !shown.isEmpty();
    }

    QRect placeIn(const QWidget &window, const QWidget *widget)
    {
        return {widget->mapTo(&window, QPoint(0, 0)), widget->size()};
    }
}

QString FocusWalk::nameOf(const QWidget *widget)
{
    return u"%1 %2 \"%3\""_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName(),
                                 widget->accessibleName());
}

QWidget *FocusWalk::scope() const
{
    QWidget *at = m_window.focusWidget();
    for (; at; at = at->parentWidget()) {
        if (qobject_cast<Sheet *>(at) || qobject_cast<Palette *>(at))
            return at;
    }
    return &m_window;
}

const QWidget *FocusWalk::regionOf(const QWidget *widget) const
{
    static const QStringList names {u"topBar"_s, u"sidebar"_s, u"statusStrip"_s};
    for (const QWidget *at = widget; at && at != &m_window; at = at->parentWidget()) {
        if (names.contains(at->objectName()) || qobject_cast<const QDockWidget *>(at)
            || qobject_cast<const Sheet *>(at) || qobject_cast<const QSplitter *>(at->parentWidget()))
            return at;
    }
    return nullptr; // the page
}

// By lines from the top, in a line from the left.
void FocusWalk::checkOrder(const QWidget *before, const QWidget *now)
{
    if (regionOf(before) != regionOf(now))
        return;
    const QRect from = placeIn(m_window, before);
    const QRect to = placeIn(m_window, now);
    const bool above = to.bottom() < from.top() && to.left() <= from.right();
    const bool sameLine = to.center().y() >= from.top() && to.center().y() <= from.bottom()
        && from.center().y() >= to.top() && from.center().y() <= to.bottom();
    if (!above && !(sameLine && to.right() < from.left()))
        return;
    const bool isAll
        = qobject_cast<const Sheet *>(regionOf(now)) || !qobject_cast<const MainWindow *>(&m_window);
    if (isAll && !std::exchange(m_wrapped, true))
        return; // from its last control to its first
    m_problems << u"goes back from %1 to %2"_s.arg(nameOf(before), nameOf(now));
}

void FocusWalk::checkSeen(QWidget *widget, const QImage &focused)
{
    const QImage rest = picture(widget);
    if (rest.size() != focused.size())
        return; // it has changed its size by being left
    QRect changed;
    int pixels = 0;
    for (int y = 0; y < rest.height(); ++y) {
        for (int x = 0; x < rest.width(); ++x) {
            if (rest.pixel(x, y) != focused.pixel(x, y)) {
                changed |= QRect(x, y, 1, 1);
                ++pixels;
            }
        }
    }
    if (pixels < 24 || changed.width() < qMin(widget->width() / 2, 12)) // more than a blinking caret
        m_problems << u"the focus cannot be seen: %1"_s.arg(nameOf(widget));
}

bool FocusWalk::step(Qt::Key key)
{
    QWidget *at = m_window.focusWidget();
    const Qt::KeyboardModifiers modifiers = key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier;
    QTest::keyClick(at, key, modifiers);
    QCoreApplication::processEvents(); // what the focus opens takes its place
    if (m_window.focusWidget() != at)
        return true;
    if (qobject_cast<CodeEditor *>(at)
        && at->accessibleDescription().contains(u"Esc"_s)) { // says the way out
        QTest::keyClick(at, Qt::Key_Escape);
        QTest::keyClick(at, key, modifiers);
    }
    return m_window.focusWidget() && m_window.focusWidget() != at;
}

void FocusWalk::lap(Qt::Key key)
{
    QTest::keyClick(m_window.focusWidget() ? m_window.focusWidget() : &m_window, key); // keys, not a mouse
    const QPointer<QWidget> first = m_window.focusWidget();
    if (!first) {
        m_problems << u"nothing takes the focus"_s;
        return;
    }
    const QPointer<QWidget> over = scope();
    m_wrapped = false;
    QList<QPointer<QWidget>> lap;
    for (int steps = 0; steps < kMostSteps; ++steps) {
        const QPointer<QWidget> at = m_window.focusWidget();
        lap << at;
        const QImage focused = picture(at);
        if (!isInView(m_window, at))
            m_problems << u"has the focus out of sight: %1"_s.arg(nameOf(at));
        if (!step(key)) {
            if (qobject_cast<const Palette *>(over.data()))
                break; // one field, which is all there is
            m_problems << u"a trap: %1"_s.arg(nameOf(at));
            break;
        }
        if (over.isNull() || !over->isVisible()) {
            m_problems << u"what lies over the page goes when Tab leaves %1"_s.arg(nameOf(at));
            break;
        }
        if (at && at->isVisible())
            checkSeen(at, focused);
        QWidget *now = m_window.focusWidget();
        if (now == first)
            break;
        if (lap.contains(QPointer<QWidget>(now))) {
            m_problems << u"never comes back to %1, but to %2"_s.arg(nameOf(first), nameOf(now));
            break;
        }
        if (at && key == Qt::Key_Tab)
            checkOrder(at, now);
        else if (at)
            checkOrder(now, at);
        if (steps + 1 == kMostSteps)
            m_problems << u"no end"_s;
    }
    for (const QPointer<QWidget> &widget : std::as_const(lap)) {
        if (!m_seen.contains(widget))
            m_seen << widget;
    }
}

QStringList FocusWalk::unreached() const
{
    QStringList missed;
    const QWidget *over = scope();
    const QList<QWidget *> widgets = over->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible() || !widget->isEnabled() || !isControl(widget) || isDrivenByAField(widget))
            continue;
        const bool reached
            = std::any_of(m_seen.begin(), m_seen.end(), [widget](const QPointer<QWidget> &seen) {
                  return seen && (seen == widget || isSiblingChoice(widget, seen));
              });
        if (!reached)
            missed << nameOf(widget);
    }
    return missed;
}

}
