#pragma once
// Key material and passwords: move only, locked in memory, wiped at the end. Never a QString, never printed (style 5). Any thread.

#include <cstddef>
#include <string_view>

namespace fb {

class SecretBytes
{
public:
    SecretBytes() = default;
    explicit SecretBytes(std::string_view bytes); // copies; the caller wipes its own
    ~SecretBytes();
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;

    static SecretBytes ofSize(size_t size); // zeros
    SecretBytes copy() const; // on purpose, and easy to search for

    std::string_view view() const { return {m_data, m_size}; }
    char *data() { return m_data; }
    size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    bool equals(const SecretBytes &other) const; // constant time

private:
    char *m_data = nullptr;
    size_t m_size = 0;
};

}
