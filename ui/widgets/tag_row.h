#pragma once
// Tags as small outlined labels that wrap (look.md 6): sunken, one-pixel border, no icon. Ui thread.

#include <QStringList>
#include <QWidget>

class QPainter;

namespace fb {

class Theme;

// Also used by table cells.
int tagWidth(const Theme &theme, const QString &text);
void paintTag(QPainter *painter, const Theme &theme, const QRect &rect, const QString &text);

class TagRow : public QWidget
{
    Q_OBJECT
public:
    explicit TagRow(QWidget *parent = nullptr);
    void setTags(const QStringList &tags);
    QStringList tags() const { return m_tags; }

private:
    QStringList m_tags;
};

}
