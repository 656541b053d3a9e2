#include "ui/activity/toast_stack.h"

#include "models/table/visible_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    // Its icon at the left, in the tone of what happened.
    class ToastIcon final : public QWidget
    {
    public:
        ToastIcon(StateKind state, QWidget *parent) : QWidget(parent), m_state(state)
        {
            setFixedSize(Metrics::kIcon, Metrics::kIcon);
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            const Theme &theme = themeOf(this);
            const StateLook look = lookOf(m_state);
            QPainter(this).drawPixmap(0, 0,
                                      theme.pixmap(look.icon, theme.toneText(look.tone), Metrics::kIcon,
                                                   devicePixelRatioF(), Stroke::Status));
        }

    private:
        StateKind m_state;
    };
}

ToastStack::ToastStack(QWidget *window) : QWidget(window)
{
    setObjectName(u"toasts"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(themeOf(this).metrics().step(2));
    column->addStretch(1);
    window->installEventFilter(this);
    hide();
}

void ToastStack::setBottom(int margin)
{
    m_bottom = margin;
    place();
}

void ToastStack::tell(const Notice &notice)
{
    const Metrics &m = themeOf(this).metrics();
    auto *toast = new Surface(Token::Raised, this);
    toast->setOutline(Token::BorderStrong, Metrics::kCardRadius);
    toast->setObjectName(u"toast"_s);
    toast->setAccessibleName(notice.title);
    auto *line = new QHBoxLayout(toast);
    line->setContentsMargins(m.step(3), m.step(2), m.step(1.5), m.step(2));
    line->setSpacing(m.step(2));
    line->addWidget(new ToastIcon(notice.state, toast), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(m.step(0.5));
    const QString title
        = notice.times > 1 ? tr("%1 (%n times)", nullptr, notice.times).arg(notice.title) : notice.title;
    auto *head = new TextLabel(visibleText(title, 160), TextRole::BodyMedium);
    head->setObjectName(u"toastTitle"_s);
    head->setWordWrap(true);
    words->addWidget(head);
    if (!notice.detail.isEmpty()) {
        auto *detail = new TextLabel(visibleText(notice.detail, 200), TextRole::Small, Token::Text2);
        detail->setWordWrap(true);
        words->addWidget(detail);
    }
    if (!notice.address.isEmpty()) {
        auto *open = makeButton(u"toastOpen"_s, notice.action, Icon::None, ButtonKind::Link);
        connect(open, &QPushButton::clicked, this, [this, toast, address = notice.address] {
            end(toast);
            emit opened(address);
        });
        words->addWidget(open, 0, Qt::AlignLeft);
    }
    line->addLayout(words, 1);
    auto *close = makeIconButton(u"toastClose"_s, Icon::Close, tr("Close"));
    connect(close, &QToolButton::clicked, this, [this, toast] { end(toast); });
    line->addWidget(close, 0, Qt::AlignTop);
    layout()->addWidget(toast);
    m_toasts.append(toast);
    while (m_toasts.size() > kMost)
        end(m_toasts.first());
    auto *timer = new QTimer(toast);
    timer->setInterval(kShownMs);
    connect(timer, &QTimer::timeout, this, [this, toast] {
        if (!toast->underMouse())
            end(toast);
    });
    timer->start();
    place();
}

void ToastStack::end(QWidget *toast)
{
    m_toasts.removeIf([toast](const QPointer<QWidget> &each) { return !each || each == toast; });
    if (toast) {
        toast->hide();
        toast->deleteLater();
    }
    place();
}

void ToastStack::place()
{
    setVisible(!m_toasts.isEmpty());
    if (m_toasts.isEmpty())
        return;
    const Metrics &m = themeOf(this).metrics();
    const int width = qMin(m.lines(18), parentWidget()->width() - 2 * m.pageMargin());
    int height = 0;
    for (const QPointer<QWidget> &toast : std::as_const(m_toasts))
        height += toast->layout()->totalHeightForWidth(width) + m.step(2);
    setGeometry(parentWidget()->width() - width - m.pageMargin(),
                parentWidget()->height() - height - m_bottom - m.step(3), width, height);
    raise();
}

bool ToastStack::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

}
