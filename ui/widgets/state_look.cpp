#include "ui/widgets/state_look.h"

#include "ui/theme/theme.h"

#include <QWidget>

namespace fb {

StateLook lookOf(StateKind kind)
{
    switch (kind) {
    case StateKind::Success:
        return {Icon::Success, Tone::Success};
    case StateKind::Running:
        return {Icon::Running, Tone::Running};
    case StateKind::Failed:
        return {Icon::Failed, Tone::Failed};
    case StateKind::TimedOut:
        return {Icon::TimedOut, Tone::TimedOut};
    case StateKind::ConnectionLost:
        return {Icon::ConnectionLost, Tone::TimedOut};
    case StateKind::Waiting:
        return {Icon::Waiting, Tone::Waiting};
    case StateKind::Cancelled:
        return {Icon::Cancelled, Tone::Cancelled};
    case StateKind::Quarantined:
        return {Icon::Quarantined, Tone::Quarantined};
    case StateKind::Warning:
        return {Icon::FieldError, Tone::TimedOut};
    case StateKind::Notice:
        return {Icon::Notice, Tone::Running};
    case StateKind::Active:
        return {Icon::Active, Tone::Success};
    case StateKind::Full:
        return {Icon::Full, Tone::Waiting};
    case StateKind::Customized:
        return {Icon::Customized, Tone::Running};
    case StateKind::Preferred:
        return {Icon::Preferred, Tone::Running};
    case StateKind::None:
        break;
    }
    return {Icon::None, Tone::Neutral};
}

QIcon stateIcon(const QWidget *widget, StateKind kind)
{
    const Theme &theme = themeOf(widget);
    const StateLook look = lookOf(kind);
    const QPixmap picture = theme.pixmap(look.icon, theme.toneText(look.tone), Metrics::kIcon,
                                         widget->devicePixelRatioF(), Stroke::Status);
    QIcon icon;
    for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Selected, QIcon::Disabled})
        icon.addPixmap(picture, mode);
    return icon;
}

}
