#pragma once
// Children from left to right, on to the next line where they do not fit: tags, chips, facts. Ui thread.

#include <QLayout>

namespace fb {

class WrapLayout : public QLayout
{
    Q_OBJECT
public:
    WrapLayout(int gapAcross, int gapDown, QWidget *parent = nullptr);
    ~WrapLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    int place(const QRect &rect, bool dry) const; // answers the height

    QList<QLayoutItem *> m_items; // owned, as QLayout wants it
    int m_across;
    int m_down;
};

}
